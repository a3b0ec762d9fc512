import { expect, it } from 'vitest';

import { FrameWriter } from '../../src/tcp/frame-writer.js';

it('puts its length before each packet, in network byte order', () => {
  const writer = new FrameWriter();
  writer.add(Uint8Array.of(1, 2, 3));
  writer.add(new Uint8Array(258).fill(9));
  expect(writer.size).toBe(265);
  const bytes = writer.take();
  expect([...bytes.subarray(0, 8)]).toEqual([0, 3, 1, 2, 3, 1, 2, 9]);
  expect(bytes).toHaveLength(265);
});

it('gives each packet once', () => {
  const writer = new FrameWriter();
  writer.add(Uint8Array.of(1));
  writer.take();
  expect(writer.size).toBe(0);
  expect(writer.take()).toHaveLength(0);
});
