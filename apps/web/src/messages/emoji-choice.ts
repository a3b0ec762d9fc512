import type { Emoji } from './emoji-data.js';

const KEY = 'parley.emoji';
const MOST_RECENT = 16;

/** What is remembered of choosing emoji, in this browser. */
export interface EmojiChoice {
  /** Those used last, the last first. */
  recent: readonly string[];
  /** Tone of skin: 0 for none, 1 for the lightest to 5. */
  tone: number;
}

const NONE: EmojiChoice = { recent: [], tone: 0 };

export function loadChoice(storage: Pick<Storage, 'getItem'>): EmojiChoice {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return NONE;
    const { recent, tone } = kept as Record<string, unknown>;
    return {
      recent: Array.isArray(recent)
        ? recent.filter((one) => typeof one === 'string').slice(0, MOST_RECENT)
        : [],
      tone: typeof tone === 'number' && tone >= 0 && tone <= 5 ? Math.floor(tone) : 0,
    };
  } catch {
    return NONE;
  }
}

export function saveChoice(storage: Pick<Storage, 'setItem'>, choice: EmojiChoice): void {
  try {
    storage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // Storage can be full or forbidden: nothing is remembered then.
  }
}

export function withRecent({ recent, tone }: EmojiChoice, used: string): EmojiChoice {
  return { recent: [used, ...recent.filter((one) => one !== used)].slice(0, MOST_RECENT), tone };
}

/** An emoji in a tone of skin, if it has one. */
export function inTone({ unicode, skins }: Pick<Emoji, 'unicode' | 'skins'>, tone: number): string {
  return tone === 0 ? unicode : (skins[tone - 1]?.unicode ?? unicode);
}
