import { describe, expect, it } from 'vitest';
import { decodeReaction, laneOf, REACTIONS } from '../../src/reactions/reaction.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('decodeReaction', () => {
  it('knows every reaction that can be sent', () => {
    for (const { emoji } of REACTIONS) expect(decodeReaction(bytes(emoji))).toBe(emoji);
  });

  it('drops everything else', () => {
    for (const text of ['', 'x', '💩', '👍👍', '<b>']) expect(decodeReaction(bytes(text))).toBeUndefined();
    expect(decodeReaction(new Uint8Array(100_000))).toBeUndefined();
    expect(decodeReaction(Uint8Array.of(0xff, 0xfe))).toBeUndefined();
  });
});

it('keeps neighbouring reactions apart', () => {
  for (let id = 0; id < 50; id++) expect(Math.abs(laneOf(id) - laneOf(id + 1))).toBeGreaterThan(0.2);
});
