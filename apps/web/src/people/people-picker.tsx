import type { Person } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import { useDeferredValue, useId, useRef, useState, type KeyboardEvent } from 'react';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { Face } from './face.js';
import { peopleSearchQuery } from './people-queries.js';
import { shownName } from './shown-name.js';
import styles from './people-picker.module.css';

export interface PeoplePickerProps {
  chosen: readonly Person[];
  onChange: (chosen: Person[]) => void;
  /** Most that can be chosen. */
  most: number;
  /** Ids of those who are not to be found. */
  without: ReadonlySet<string>;
}

/** Chooses among whom one knows: by typing, with the arrow keys and Enter, or by pressing. */
export function PeoplePicker({ chosen, onChange, most, without }: PeoplePickerProps) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const texts = conversationTexts.picker;
  const { data = [], isPending } = useQuery(peopleSearchQuery(useDeferredValue(text.trim())));
  const found = data.filter((person) => !without.has(person.id));
  const isChosen = ({ id: personId }: Person) => chosen.some((one) => one.id === personId);
  const isFull = chosen.length >= most;
  const current = found[Math.min(at, found.length - 1)];

  const toggle = (person: Person) => {
    if (isChosen(person)) onChange(chosen.filter((one) => one.id !== person.id));
    else if (!isFull) onChange([...chosen, person]);
    setText('');
    setAt(0);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, found.length - 1) + step + found.length) % found.length);
    }
    if (event.key === 'Enter' && current !== undefined && (text !== '' || chosen.length === 0)) {
      event.preventDefault();
      toggle(current);
    }
    if (event.key === 'Backspace' && text === '') onChange(chosen.slice(0, -1));
  };

  return (
    <div className={styles.picker}>
      <div className={styles.field} onClick={() => field.current?.focus()}>
        {chosen.map((person) => (
          <button
            key={person.id}
            type="button"
            className={styles.chip}
            aria-label={texts.remove(shownName(person))}
            onClick={() => toggle(person)}
          >
            <span className={styles.chipName} dir="auto">
              {shownName(person)}
            </span>
            <X size={14} aria-hidden="true" />
          </button>
        ))}
        <input
          ref={field}
          className={styles.input}
          role="combobox"
          aria-label={texts.label}
          aria-expanded={found.length > 0}
          aria-controls={`${id}-found`}
          aria-activedescendant={current && `${id}-${current.id}`}
          aria-autocomplete="list"
          aria-describedby={isFull ? `${id}-most` : undefined}
          placeholder={chosen.length === 0 ? texts.placeholder : undefined}
          autoComplete="off"
          autoFocus
          dir="auto"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {isFull && (
        <p id={`${id}-most`} className={styles.note} role="status">
          {texts.most}
        </p>
      )}
      <div
        id={`${id}-found`}
        className={styles.found}
        role="listbox"
        aria-label={texts.found}
        aria-multiselectable
      >
        {found.map((person) => (
          <div
            key={person.id}
            id={`${id}-${person.id}`}
            role="option"
            aria-selected={isChosen(person)}
            aria-disabled={isFull && !isChosen(person)}
            className={styles.option}
            data-current={person === current}
            ref={(row) => {
              if (person === current) row?.scrollIntoView({ block: 'nearest' });
            }}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => toggle(person)}
          >
            <Face id={person.id} name={shownName(person)} />
            <bdi className={styles.name}>{shownName(person)}</bdi>
            {person.display_name !== null && <bdi className={styles.userName}>{person.user_name}</bdi>}
            {isChosen(person) && <Check size={17} className={styles.check} aria-hidden="true" />}
          </div>
        ))}
        {found.length === 0 && !isPending && <p className={styles.note}>{texts.none}</p>}
      </div>
    </div>
  );
}
