const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const LENGTH = 12;

/**
 * A new id such as `PA_Wk3fTzq7RmNb`: a prefix that tells the kind, and 12 letters and digits that cannot be mistaken
 * for each other (no I, O, l, 0, 1), which is about 69 bits of randomness.
 */
export function createId(prefix: 'RM' | 'PA' | 'TR', random: (bytes: number) => Uint8Array): string {
  let id = `${prefix}_`;
  for (const byte of random(LENGTH)) id += ALPHABET[byte % ALPHABET.length]!;
  return id;
}
