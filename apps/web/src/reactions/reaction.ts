/** What can be sent as a reaction. Anything else that arrives is dropped. */
export const REACTIONS = [
  { emoji: '👍', name: 'thumbsUp' },
  { emoji: '👏', name: 'applause' },
  { emoji: '❤️', name: 'heart' },
  { emoji: '😂', name: 'laughing' },
  { emoji: '🎉', name: 'party' },
  { emoji: '😮', name: 'surprised' },
  { emoji: '🤔', name: 'thinking' },
  { emoji: '👎', name: 'thumbsDown' },
] as const;

/** A reaction on its way up the screen. */
export interface FlyingReaction {
  id: number;
  emoji: string;
  name: string;
  /** Where it rises, 0–1 of the width. */
  lane: number;
}

/** Most reactions in the air at a time; more are dropped. */
export const MOST_FLYING = 24;

/** The emoji in a received payload, or undefined when it is none of ours. */
export function decodeReaction(payload: Uint8Array): string | undefined {
  if (payload.length > 32) return undefined;
  const text = new TextDecoder().decode(payload);
  return REACTIONS.find((reaction) => reaction.emoji === text)?.emoji;
}

/** In this order, so that one rises far from the one before it. */
const LANES = [0, 3, 1, 4, 2, 5];

/** Where a reaction rises: as many in a row as there are lanes, none of which covers another. */
export function laneOf(id: number): number {
  return (LANES[id % LANES.length] ?? 0) / LANES.length;
}
