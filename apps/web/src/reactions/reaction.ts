/** What can be sent as a reaction. Anything else that arrives is dropped. */
export const REACTIONS = [
  { emoji: '👍', label: 'Thumbs up' },
  { emoji: '👏', label: 'Applause' },
  { emoji: '❤️', label: 'Heart' },
  { emoji: '😂', label: 'Laughing' },
  { emoji: '🎉', label: 'Party' },
  { emoji: '😮', label: 'Surprised' },
  { emoji: '🤔', label: 'Thinking' },
  { emoji: '👎', label: 'Thumbs down' },
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

/** Lanes that lie far from the last few ones, so that neighbours do not cover each other. */
export function laneOf(id: number): number {
  return (id * 0.618034) % 1;
}
