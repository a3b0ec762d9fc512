import { BitReader } from './bit-reader.js';
import { BitWriter } from './bit-writer.js';
import { FLAG_BITS, MANDATORY_BITS, type DependencyDescriptor } from './dependency-descriptor.js';

/** Bytes that a mask may add to a descriptor: flags, 32 bits of mask, and the rest of a byte. */
export const MAX_MASK_GROWTH = 6;

/** The flag that says that there is a mask. */
const MASK_PRESENT = 0x08;

const reader = new BitReader();
const writer = new BitWriter();

/**
 * Writes a descriptor again with another mask of active decode targets, for a subscriber who gets fewer of them than the
 * sender sends: so it does not wait for those that do not come.
 *
 * A receiver keeps the mask until the next: write it where it changes, and on key frames, which reset it.
 *
 * @param descriptor What the parser made of the element, `length` bytes at `offset`.
 * @param out Has room for `length + MAX_MASK_GROWTH` bytes at `outOffset`, and is not the memory read from.
 * @returns Bytes written.
 */
export function writeActiveDecodeTargets(
  descriptor: DependencyDescriptor,
  buffer: Uint8Array,
  offset: number,
  length: number,
  mask: number,
  out: Uint8Array,
  outOffset: number,
): number {
  reader.reset(buffer, offset, length);
  writer.reset(out, outOffset);
  copy(MANDATORY_BITS);

  // Of a short descriptor this reads zeros, as its flags are.
  writer.write(reader.read(FLAG_BITS) | MASK_PRESENT, FLAG_BITS);
  copy(descriptor.maskPosition - MANDATORY_BITS - FLAG_BITS);
  reader.read(descriptor.definitionPosition - descriptor.maskPosition);
  writer.write(mask, descriptor.structure.decodeTargetCount);
  copy(descriptor.endPosition - descriptor.definitionPosition);
  return writer.size;
}

function copy(bits: number): void {
  for (let left = bits; left > 0; left -= 8) {
    const width = Math.min(left, 8);

    writer.write(reader.read(width), width);
  }
}
