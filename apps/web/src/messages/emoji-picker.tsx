import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageTexts } from '../texts/messages/message-texts.js';
import { inTone, loadChoice, saveChoice, withRecent, type EmojiChoice } from './emoji-choice.js';
import { emojiQuery, type Emoji } from './emoji-data.js';
import { EmojiGrid } from './emoji-grid.js';
import { searchEmoji } from './emoji-search.js';
import styles from './emoji-picker.module.css';

const MOST_FOUND = 80;
const TONES = ['✋', '✋🏻', '✋🏼', '✋🏽', '✋🏾', '✋🏿'];

/** All emoji, to search and to choose from. */
export function EmojiPicker({ onEmoji }: { onEmoji: (emoji: string) => void }) {
  const [query, setQuery] = useState('');
  const [choice, setChoice] = useState(() => loadChoice(localStorage));
  const { data, isError } = useQuery(emojiQuery());
  const texts = messageTexts.emoji;

  const change = (next: EmojiChoice) => {
    setChoice(next);
    saveChoice(localStorage, next);
  };
  const choose = (emoji: string) => {
    change(withRecent(choice, emoji));
    onEmoji(emoji);
  };
  return (
    <>
      <div className={styles.top}>
        <input
          autoFocus
          type="search"
          className={styles.search}
          aria-label={texts.search}
          placeholder={texts.search}
          dir="auto"
          value={query}
          onChange={({ target }) => setQuery(target.value)}
        />
        <button
          type="button"
          className={styles.tone}
          aria-label={`${texts.tone}: ${TONES[choice.tone] ?? ''}`}
          title={texts.tone}
          onClick={() => change({ ...choice, tone: (choice.tone + 1) % TONES.length })}
        >
          {TONES[choice.tone]}
        </button>
      </div>
      {isError && <p className={styles.note}>{texts.failed}</p>}
      {data !== undefined && (
        <EmojiGrid
          sections={sectionsOf(data, query, choice)}
          none={texts.none}
          nameOf={(emoji) => data.find(({ unicode }) => unicode === emoji)?.label ?? emoji}
          onChoose={choose}
        />
      )}
    </>
  );
}

/** What is shown: what was found or, where nothing is searched for, all by their groups. */
function sectionsOf(all: readonly Emoji[], query: string, { recent, tone }: EmojiChoice) {
  const texts = messageTexts.emoji;
  const shown = (emoji: Emoji) => ({ emoji: inTone(emoji, tone), label: emoji.label });
  if (query.trim() !== '')
    return [{ name: texts.search, emoji: searchEmoji(all, query, MOST_FOUND).map(shown) }];
  const used = recent.map((emoji) => ({ emoji, label: undefined }));
  const groups = Object.entries(texts.groups).map(([group, name]) => ({
    name,
    emoji: all.filter((emoji) => emoji.group === Number(group)).map(shown),
  }));
  return [{ name: texts.recent, emoji: used }, ...groups].filter(({ emoji }) => emoji.length > 0);
}
