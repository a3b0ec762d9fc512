import { NAME_LIMIT, roomKey } from '@parley/contract/names';

export { NAME_LIMIT, roomKey };

const ADJECTIVES = [
  'amber', 'brisk', 'calm', 'clever', 'coral', 'dapper', 'early', 'fabled', 'gentle', 'golden', 'hidden', 'ivory',
  'jolly', 'keen', 'lively', 'lucky', 'mellow', 'misty', 'noble', 'olive', 'plain', 'quick', 'quiet', 'rosy',
  'silver', 'sunny', 'swift', 'tidy', 'velvet', 'warm', 'wild', 'witty',
] as const; // prettier-ignore

const NOUNS = [
  'acorn', 'anchor', 'badger', 'beacon', 'birch', 'canyon', 'cedar', 'comet', 'falcon', 'fern', 'fjord', 'garden',
  'harbor', 'heron', 'island', 'juniper', 'lagoon', 'lantern', 'maple', 'meadow', 'otter', 'pebble', 'pine', 'prairie',
  'quarry', 'raven', 'reef', 'river', 'sparrow', 'summit', 'willow', 'wren',
] as const; // prettier-ignore

/** A room name that is easy to say over the telephone, such as `quiet-otter-417`. `random` gives 0 ≤ x < 1. */
export function suggestRoomName(random: () => number): string {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? '';
  return `${pick(ADJECTIVES)}-${pick(NOUNS)}-${Math.floor(100 + random() * 900)}`;
}

/** Whether a link can lead to the room: browsers take these two for steps within an address, however they are written. */
export function isLinkable(title: string): boolean {
  const key = roomKey(title);
  return key !== '.' && key !== '..';
}
