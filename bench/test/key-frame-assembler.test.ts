import { expect, test } from 'vitest';
import { KeyFrameAssembler } from '../src/client/key-frame-assembler.js';

/** Descriptor without extensions, then the first byte of the payload header: bit 0 is 0 in key frames. */
const KEY_FRAME_START = Uint8Array.of(0x10, 0x10);
const INTER_FRAME_START = Uint8Array.of(0x10, 0x11);
const CONTINUATION = Uint8Array.of(0x00, 0x10);

/** The number of the packet that completes a key frame, or undefined. */
function completedBy(
  packets: [sequence: number, marker: boolean, payload: Uint8Array][],
): number | undefined {
  const assembler = new KeyFrameAssembler();
  return packets.find(([sequence, marker, payload]) =>
    assembler.receive(sequence, marker, payload, 0, payload.length),
  )?.[0];
}

test('a key frame is complete with its last packet', () => {
  expect(
    completedBy([
      [65_535, false, KEY_FRAME_START],
      [0, false, CONTINUATION],
      [1, true, CONTINUATION],
      [2, true, KEY_FRAME_START],
    ]),
  ).toBe(1);
});

test('frames that need others are not waited for', () => {
  expect(
    completedBy([
      [1, false, INTER_FRAME_START],
      [2, true, CONTINUATION],
    ]),
  ).toBeUndefined();
});

test('a key frame of which a packet is missing does not count', () => {
  expect(
    completedBy([
      [1, false, KEY_FRAME_START],
      [3, true, CONTINUATION],
      [4, true, KEY_FRAME_START],
    ]),
  ).toBe(4);
});
