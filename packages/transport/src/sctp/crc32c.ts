/** CRC32c (Castagnoli), RFC 9260 appendix A, four bytes a step ("slicing by four"). */

const POLYNOMIAL = 0x82f63b78;
const TABLE = buildTable();

/**
 * The checksum of `buffer` from `start` to `end`, as an unsigned 32-bit number.
 * To go on from an earlier part, pass that part's result as `seed`.
 */
export function crc32c(buffer: Uint8Array, start = 0, end = buffer.length, seed = 0): number {
  let crc = ~seed;
  let at = start;
  for (const stop = end - 3; at < stop; at += 4) {
    crc ^= buffer[at]! | (buffer[at + 1]! << 8) | (buffer[at + 2]! << 16) | (buffer[at + 3]! << 24);
    crc =
      TABLE[768 + (crc & 0xff)]! ^
      TABLE[512 + ((crc >>> 8) & 0xff)]! ^
      TABLE[256 + ((crc >>> 16) & 0xff)]! ^
      TABLE[crc >>> 24]!;
  }
  for (; at < end; at++) crc = TABLE[(crc ^ buffer[at]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** Row 0 steps one byte; row n steps a byte that n zero bytes follow. */
function buildTable(): Int32Array {
  const table = new Int32Array(4 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    table[byte] = crc;
  }
  for (let entry = 256; entry < table.length; entry++) {
    const previous = table[entry - 256]!;
    table[entry] = table[previous & 0xff]! ^ (previous >>> 8);
  }
  return table;
}
