import { Dialog as Primitive } from 'radix-ui';
import { Search } from 'lucide-react';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { findingTexts } from '../texts/finding/finding-texts.js';
import { KeyCaps } from './key-caps.js';
import { find, suggest, type Choice, type Habits } from './rank.js';
import { SwitcherOption } from './switcher-option.js';
import { useOpener } from './use-opener.js';
import styles from './switcher.module.css';

export interface SwitcherProps {
  choices: readonly Choice[];
  habits: Habits;
  /** Told of what is typed, for who is not among the choices yet. */
  onQuery: (query: string) => void;
  onChoose: (choice: Choice) => void;
  onClose: () => void;
}

/** A field over the page in which one types where to go: a combobox with its list below. */
export function Switcher({ choices, habits, onQuery, onChoose, onClose }: SwitcherProps) {
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const returnFocus = useOpener();
  const isLeaving = useRef(false);
  const id = useId();
  const texts = findingTexts.switcher;
  const typed = query.trim();
  const groups = useMemo(
    () => (typed === '' ? suggest(choices, habits) : find(typed, choices, habits)),
    [typed, choices, habits],
  );
  const all = groups.flatMap(({ found }) => found);
  const at = Math.min(active, all.length - 1);
  const optionId = (place: number) => `${id}-${place}`;

  const choose = (choice: Choice) => {
    // The place where one goes takes the focus.
    isLeaving.current = choice.kind !== 'deed';
    onChoose(choice);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = event.altKey ? undefined : steps[event.key];
    if (step !== undefined && all.length > 0) {
      event.preventDefault();
      const isOne = Math.abs(step) === 1;
      setActive(isOne ? (at + step + all.length) % all.length : clamp(at + step, all.length));
    }
    const chosen = all[at];
    if (event.key !== 'Enter' || chosen === undefined) return;
    event.preventDefault();
    choose(chosen.choice);
  };

  return (
    <Primitive.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Primitive.Portal>
        <Primitive.Overlay className={styles.overlay}>
          <Primitive.Content
            className={styles.content}
            aria-describedby={undefined}
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              if (!isLeaving.current) returnFocus();
            }}
            data-testid="switcher"
          >
            <Primitive.Title className={styles.hidden}>{texts.title}</Primitive.Title>
            <div className={styles.field}>
              <Search size={19} aria-hidden="true" />
              <input
                className={styles.input}
                role="combobox"
                aria-expanded={all.length > 0}
                aria-controls={`${id}-list`}
                aria-activedescendant={all.length > 0 ? optionId(at) : undefined}
                aria-autocomplete="list"
                aria-label={texts.field}
                placeholder={texts.placeholder}
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                enterKeyHint="go"
                dir="auto"
                maxLength={100}
                value={query}
                onChange={({ target }) => {
                  setQuery(target.value);
                  setActive(0);
                  onQuery(target.value.trim());
                }}
                onKeyDown={onKeyDown}
              />
            </div>
            <p className={styles.hidden} role="status">
              {typed === '' ? '' : all.length === 0 ? texts.nothing(typed) : texts.results(all.length)}
            </p>
            {all.length === 0 && typed !== '' && (
              <div className={styles.nothing}>
                <p>{texts.nothing(typed)}</p>
                <p className={styles.faint}>{texts.nothingHint}</p>
              </div>
            )}
            <div className={styles.list} role="listbox" id={`${id}-list`} aria-label={texts.title}>
              {groups.map((group, index) => {
                const before = groups.slice(0, index).reduce((sum, { found }) => sum + found.length, 0);
                return (
                  <div key={group.name} role="group" aria-labelledby={`${id}-${group.name}`}>
                    <div id={`${id}-${group.name}`} className={styles.group}>
                      {texts.groups[group.name]}
                    </div>
                    {group.found.map((found, place) => (
                      <SwitcherOption
                        key={found.choice.key}
                        id={optionId(before + place)}
                        found={found}
                        news={found.choice.kind === 'deed' ? undefined : habits.news.get(found.choice.id)}
                        isActive={before + place === at}
                        onPoint={() => setActive(before + place)}
                        onChoose={() => choose(found.choice)}
                      />
                    ))}
                  </div>
                );
              })}
            </div>
            <footer className={styles.hints} aria-hidden="true">
              <span>
                <KeyCaps keys={{ key: 'ArrowUp' }} /> <KeyCaps keys={{ key: 'ArrowDown' }} /> {texts.hintMove}
              </span>
              <span>
                <KeyCaps keys={{ key: '↵' }} /> {texts.hintOpen}
              </span>
              <span>
                <KeyCaps keys={{ key: 'Escape' }} /> {texts.hintClose}
              </span>
            </footer>
          </Primitive.Content>
        </Primitive.Overlay>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function clamp(place: number, count: number): number {
  return Math.max(0, Math.min(place, count - 1));
}
