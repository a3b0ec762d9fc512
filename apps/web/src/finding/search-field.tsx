import { Search, X } from 'lucide-react';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { findingTexts } from '../texts/finding/finding-texts.js';
import { IconButton } from '../ui/icon-button.js';
import { SEARCH_KEYS, termAt, withKey, withValue } from './search-term.js';
import { useCompletions, type Completion } from './use-completions.js';
import styles from './search-field.module.css';

export interface SearchFieldProps {
  value: string;
  pathname: string;
  onChange: (query: string) => void;
}

/** The field for words and for `from:`, `in:` …, whose values are completed. */
export function SearchField({ value, pathname, onChange }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [cursor, setCursor] = useState(value.length);
  const [active, setActive] = useState(0);
  const [isClosed, setClosed] = useState(false);
  const id = useId();
  const texts = findingTexts.search;
  const term = useMemo(() => termAt(value, cursor), [value, cursor]);
  const completions = useCompletions(term, pathname);
  const shown = isClosed ? [] : completions;
  const at = Math.min(active, shown.length - 1);

  const write = (query: string) => {
    onChange(query);
    setCursor(query.length);
    setActive(0);
    setClosed(false);
    input.current?.focus();
  };
  const choose = (completion: Completion | undefined) => {
    if (term !== undefined && completion !== undefined) write(withValue(value, term, completion.value));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || shown.length === 0) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setActive((at + step + shown.length) % shown.length);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(shown[at]);
    else if (event.key === 'Escape') setClosed(true);
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.search}>
      <div className={styles.field}>
        <Search size={17} aria-hidden="true" />
        <input
          ref={input}
          // It appears when one looks for something, after its panel was loaded.
          autoFocus
          data-autofocus
          data-testid="search"
          className={styles.input}
          type="text"
          role="combobox"
          aria-expanded={shown.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={shown.length > 0 ? `${id}-${at}` : undefined}
          aria-autocomplete="list"
          aria-label={texts.field}
          placeholder={texts.placeholder}
          enterKeyHint="search"
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          maxLength={200}
          value={value}
          onChange={({ target }) => {
            onChange(target.value);
            setActive(0);
            setClosed(false);
          }}
          onSelect={({ currentTarget }) => setCursor(currentTarget.selectionStart ?? value.length)}
          onKeyDown={onKeyDown}
        />
        {value !== '' && (
          <IconButton size="small" label={texts.clear} icon={<X size={16} />} onClick={() => write('')} />
        )}
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={texts.completions}
        className={styles.list}
        hidden={shown.length === 0}
      >
        {shown.map((completion, index) => (
          <div
            key={completion.value + completion.detail}
            id={`${id}-${index}`}
            ref={index === at ? inSight : undefined}
            role="option"
            aria-selected={index === at}
            className={styles.option}
            onMouseMove={() => setActive(index)}
            // The focus stays in the field.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(completion)}
          >
            <span className={styles.name} dir="auto">
              {completion.name}
            </span>
            <span className={styles.detail} dir="auto">
              {completion.detail}
            </span>
          </div>
        ))}
      </div>
      <div className={styles.keys} role="group" aria-label={texts.filters}>
        {SEARCH_KEYS.map((key) => (
          <button
            key={key}
            type="button"
            className={styles.key}
            title={texts.keys[key]}
            aria-label={`${key}: ${texts.keys[key]}`}
            onClick={() => write(withKey(value, key))}
          >
            {key}:
          </button>
        ))}
      </div>
    </div>
  );
}

/** In a long list the chosen one scrolls with the keys. */
function inSight(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}
