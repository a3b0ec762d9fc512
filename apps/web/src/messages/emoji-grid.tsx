import { useRef, type KeyboardEvent } from 'react';
import styles from './emoji-picker.module.css';

export interface EmojiGridProps {
  sections: readonly { name: string; emoji: readonly { emoji: string; label: string | undefined }[] }[];
  /** What is said where there is none. */
  none: string;
  /** Of one that comes without its name. */
  nameOf: (emoji: string) => string;
  onChoose: (emoji: string) => void;
}

/** As many as the stylesheet puts in a row. */
const COLUMNS = 8;
const STEPS = new Map([
  ['ArrowRight', 1],
  ['ArrowLeft', -1],
  ['ArrowDown', COLUMNS],
  ['ArrowUp', -COLUMNS],
]);

/** Emoji by section; arrow keys go through them. */
export function EmojiGrid({ sections, none, nameOf, onChoose }: EmojiGridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS.get(event.key);
    if (step === undefined || grid.current === null) return;
    const isTurned = getComputedStyle(grid.current).direction === 'rtl' && Math.abs(step) === 1;
    const buttons = [...grid.current.querySelectorAll('button')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next = buttons[at + (isTurned ? -step : step)];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };
  if (sections.every(({ emoji }) => emoji.length === 0)) return <p className={styles.note}>{none}</p>;
  return (
    <div ref={grid} className={styles.groups} onKeyDown={onKeyDown}>
      {sections.map(({ name, emoji: all }, section) => (
        <section key={name} className={styles.group} aria-label={name}>
          <h3 className={styles.name}>{name}</h3>
          <div className={styles.grid}>
            {all.map(({ emoji, label = nameOf(emoji) }, index) => (
              <button
                key={emoji}
                type="button"
                className={styles.emoji}
                // One stop of Tab for all of them.
                tabIndex={section === 0 && index === 0 ? 0 : -1}
                aria-label={label}
                title={label}
                onClick={() => onChoose(emoji)}
              >
                {emoji}
              </button>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
