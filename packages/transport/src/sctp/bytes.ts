/** A length rounded up to the four-byte boundary on which chunks and parameters start. */
export function padded(length: number): number {
  return (length + 3) & ~3;
}
