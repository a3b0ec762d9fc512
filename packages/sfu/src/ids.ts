const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const LENGTH = 12;

/** What an id is of: a room, a participant, a track, an event. */
export type IdPrefix = 'RM' | 'PA' | 'TR' | 'EV';

/**
 * A new id such as `PA_Wk3fTzq7RmNb`: a prefix that tells the kind, and 12 letters and digits that cannot be mistaken
 * for each other (no I, O, l, 0, 1), which is about 69 bits of randomness.
 */
export function createId(prefix: IdPrefix, random: (bytes: number) => Uint8Array): string {
  let id = `${prefix}_`;
  for (const byte of random(LENGTH)) id += ALPHABET[byte % ALPHABET.length]!;
  return id;
}
