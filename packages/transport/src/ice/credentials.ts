/** One side's username fragment and password (RFC 8445 section 5.3). */
export interface IceCredentials {
  readonly ufrag: string;
  readonly password: string;
}

/**
 * New credentials: a fragment of 12 characters (72 bits) and a password of 24 (144 bits), more than the 24 and 128 bits
 * that RFC 8445 asks for, so that fragments of many sessions do not collide.
 *
 * @param random Gives that many cryptographically strong bytes.
 * @param ufragPrefix What the fragment is to begin with besides.
 */
export function generateIceCredentials(
  random: (size: number) => Uint8Array,
  ufragPrefix = '',
): IceCredentials {
  return { ufrag: ufragPrefix + iceText(random(9)), password: iceText(random(18)) };
}

/** Base64 has just the characters that ICE allows, and multiples of 3 bytes need no padding. */
function iceText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
