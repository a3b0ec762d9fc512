import { useId, useRef, useState, type KeyboardEvent, type Ref, type TextareaHTMLAttributes } from 'react';
import { messageTexts } from '../texts/messages/message-texts.js';
import { Avatar } from '../ui/avatar.js';
import { completed, openWordAt } from './completion.js';
import type { Chosen } from './mention-text.js';
import type { MentionPlace } from './resolve-mentions.js';
import { useOptions, type Option } from './use-options.js';
import styles from './writing-field.module.css';

export interface WritingFieldProps extends Omit<
  TextareaHTMLAttributes<HTMLTextAreaElement>,
  'value' | 'onChange' | 'onKeyDown'
> {
  ref?: Ref<HTMLTextAreaElement>;
  place: MentionPlace;
  value: string;
  onText: (text: string) => void;
  /** What names in the text stand for. */
  chosen: Chosen;
  onChosen: (chosen: Chosen) => void;
  /** Keys that the list of completions has no use for. */
  onKey: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
}

/** A field for text with completion of names, channels and emoji, in a list above it. */
export function WritingField(props: WritingFieldProps) {
  const { place, value, onText, chosen, onChosen, onKey, ...rest } = props;
  const [caret, setCaret] = useState(value.length);
  const [active, setActive] = useState(0);
  /** The word for which the list was closed, by where it begins. */
  const [closedAt, setClosedAt] = useState<number>();
  const list = useId();
  const around = useRef<HTMLDivElement>(null);
  const word = openWordAt(value, caret);
  const isOpen = word !== undefined && word.start !== closedAt;
  const options = useOptions(isOpen ? word : undefined, place);
  const current = options[Math.min(active, options.length - 1)];

  const choose = (field: HTMLTextAreaElement, { insert, code }: Option) => {
    if (word === undefined) return;
    const next = completed(value, word, insert);
    if (code !== undefined) onChosen(new Map(chosen).set(insert, code));
    onText(next.text);
    setCaret(next.caret);
    setActive(0);
    // The caret can stand there only once the text does.
    requestAnimationFrame(() => field.setSelectionRange(next.caret, next.caret));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes a word, keys belong to it.
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : -1;
    if (current === undefined) {
      onKey(event);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setActive((Math.min(active, options.length - 1) + step + options.length) % options.length);
    } else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') {
      event.preventDefault();
      choose(event.currentTarget, current);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      setClosedAt(word?.start);
    } else {
      onKey(event);
    }
  };

  return (
    <div ref={around} className={styles.around}>
      {current !== undefined && (
        <ul id={list} className={styles.list} role="listbox" aria-label={messageTexts.completion.label}>
          {options.map((option, index) => (
            <li
              key={option.key}
              id={`${list}-${index}`}
              role="option"
              aria-selected={option === current}
              className={styles.option}
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onPointerEnter={() => setActive(index)}
              onClick={() => {
                const field = around.current?.querySelector('textarea');
                if (field) choose(field, option);
              }}
            >
              {option.personId !== undefined && (
                <Avatar identity={option.personId} name={option.shown} size="tiny" />
              )}
              <bdi>{option.shown}</bdi>
              {option.detail !== undefined && <span>{option.detail}</span>}
            </li>
          ))}
        </ul>
      )}
      <textarea
        {...rest}
        dir="auto"
        rows={1}
        value={value}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={current === undefined ? undefined : list}
        aria-activedescendant={current === undefined ? undefined : `${list}-${options.indexOf(current)}`}
        onChange={({ target }) => {
          onText(target.value);
          setCaret(target.selectionEnd);
          setActive(0);
          if (openWordAt(target.value, target.selectionEnd)?.start !== closedAt) setClosedAt(undefined);
        }}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionEnd)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
