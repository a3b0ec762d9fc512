/** Where randomness comes from: so many bytes nobody can guess. */
export type RandomBytes = (count: number) => Uint8Array;

/**
 * An id that sorts by time: UUID version 7 (RFC 9562, 5.7).
 *
 * @param now milliseconds since 1970.
 */
export function newId(now: number, random: RandomBytes): string {
  const bytes = Buffer.alloc(16);
  bytes.set(random(10), 6);
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** When an id was made, in milliseconds since 1970. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** The lowest id of a time in milliseconds since 1970: all that were made before are below it. */
export function firstIdAt(time: number): string {
  const hex = Math.max(0, Math.floor(time)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
}
