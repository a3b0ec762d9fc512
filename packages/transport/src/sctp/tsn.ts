/**
 * Serial numbers (RFC 1982) without wraparound: inside the association TSNs, SSNs and request sequence numbers
 * are plain growing numbers, and only their low 32 or 16 bits travel. `>>> 0` and `& 0xffff` make the wire's form.
 */

/** The number nearest to `near` whose low 32 bits are `wire`. */
export function unwrap32(wire: number, near: number): number {
  return near + ((wire - near) | 0);
}

/** The number nearest to `near` whose low 16 bits are `wire`. */
export function unwrap16(wire: number, near: number): number {
  return near + (((wire - near) << 16) >> 16);
}
