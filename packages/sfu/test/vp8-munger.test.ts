import { createVp8Descriptor, parseVp8Descriptor } from '@parley/rtp';
import { MAX_VP8_DESCRIPTOR_SIZE, Vp8Munger, VP8_DROPPED } from '@parley/sfu';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

interface Picture {
  pictureId: number;
  bits?: 7 | 15;
  tl0: number;
  temporalLayer?: number;
  layerSync?: boolean;
  key: number;
}

/** The descriptor of a picture's first packet, as Chromium writes it. */
function descriptorBytes({
  pictureId,
  bits = 15,
  tl0,
  temporalLayer = 0,
  layerSync = false,
  key,
}: Picture): number[] {
  const id = bits === 15 ? [0x80 | (pictureId >> 8), pictureId & 0xff] : [pictureId];
  return [0x90, 0xf0, ...id, tl0, (temporalLayer << 6) | (layerSync ? 0x20 : 0) | key];
}

/** Passes descriptors through a munger, by way of their bytes. */
class Stream {
  readonly munger = new Vp8Munger();

  /** What the subscriber gets; undefined for a dropped packet. */
  send(picture: Picture, isKeyFrame = false) {
    const bytes = this.write(descriptorBytes(picture), isKeyFrame);
    if (!bytes) return undefined;
    const { pictureId, tl0PictureIndex, temporalLayer, keyIndex } = parse(bytes);
    return { pictureId, tl0: tl0PictureIndex, temporalLayer, key: keyIndex };
  }

  write(descriptor: readonly number[], isKeyFrame = false): number[] | undefined {
    const out = new Uint8Array(MAX_VP8_DESCRIPTOR_SIZE + 2).fill(0xee);
    const size = this.munger.munge(parse(descriptor), isKeyFrame, out, 1);
    expect([out[0], out[1 + size]]).toEqual([0xee, 0xee]);
    return size === VP8_DROPPED ? undefined : [...out.subarray(1, 1 + size)];
  }
}

function parse(bytes: readonly number[]) {
  const descriptor = createVp8Descriptor();
  expect(parseVp8Descriptor(Uint8Array.from(bytes), 0, bytes.length, descriptor)).toBe(true);
  expect(descriptor.size).toBe(bytes.length);
  return descriptor;
}

/** Chromium's pattern of three temporal layers: layer and sync of each of four pictures. */
const PATTERN = [
  { temporalLayer: 0 },
  { temporalLayer: 2, layerSync: true },
  { temporalLayer: 1, layerSync: true },
  { temporalLayer: 2 },
];

function patternPicture(index: number): Picture {
  return { pictureId: index & 0x7fff, tl0: (index >> 2) & 0xff, key: 1, ...PATTERN[index & 3] };
}

describe('Vp8Munger', () => {
  test('leaves a stream as it is as long as nothing is left out', () => {
    const stream = new Stream();
    expect(stream.send({ pictureId: 0x7fff, tl0: 255, key: 31 }, true)).toMatchObject({
      pictureId: 0x7fff,
      tl0: 255,
      key: 31,
    });
    expect(stream.send({ pictureId: 0, tl0: 0, key: 31 })).toMatchObject({ pictureId: 0, tl0: 0, key: 31 });
  });

  test('starts with a key frame', () => {
    const stream = new Stream();
    expect(stream.send({ pictureId: 5, tl0: 5, key: 1 })).toBeUndefined();
    expect(stream.send({ pictureId: 6, tl0: 6, key: 2 }, true)).toBeDefined();
  });

  test('numbers go on when another source takes over', () => {
    const stream = new Stream();
    stream.send({ pictureId: 100, tl0: 50, key: 3 }, true);
    stream.send({ pictureId: 101, tl0: 51, key: 3 });
    stream.munger.restart();
    expect(stream.send({ pictureId: 30_000, tl0: 200, key: 30 }, true)).toMatchObject({
      pictureId: 102,
      tl0: 52,
      key: 4,
    });
    expect(stream.send({ pictureId: 30_001, tl0: 201, key: 30 })).toMatchObject({
      pictureId: 103,
      tl0: 53,
      key: 4,
    });
    expect(stream.send({ pictureId: 30_002, tl0: 202, key: 31 }, true)).toMatchObject({ key: 5 });
  });

  test('numbers go on when the encoder of a source was restarted', () => {
    const stream = new Stream();
    stream.send({ pictureId: 5000, tl0: 50, key: 3 }, true);
    expect(stream.send({ pictureId: 7, tl0: 1, key: 1 }, true)).toMatchObject({
      pictureId: 5001,
      tl0: 51,
      key: 4,
    });
    expect(stream.send({ pictureId: 8, tl0: 2, key: 1 })).toMatchObject({ pictureId: 5002, tl0: 52, key: 4 });
  });

  test('the sources may differ in the width of their picture ids', () => {
    const stream = new Stream();
    stream.send({ pictureId: 126, bits: 7, tl0: 0, key: 0 }, true);
    const ids = [127, 0, 1].map(
      (pictureId) => stream.send({ pictureId, bits: 7, tl0: 0, key: 0 })?.pictureId,
    );
    expect(ids).toEqual([127, 128, 129]);
    stream.munger.restart();
    expect(stream.send({ pictureId: 9, tl0: 0, key: 0 }, true)?.pictureId).toBe(130);
  });

  test('picture ids stay without gaps when temporal layers are left out', () => {
    const stream = new Stream();
    stream.send(patternPicture(0), true);
    stream.munger.setMaxTemporalLayer(1);
    const sent = Array.from({ length: 8 }, (_, index) => stream.send(patternPicture(index + 1)));
    expect(sent.map((picture) => picture?.temporalLayer)).toEqual([
      undefined,
      1,
      undefined,
      0,
      undefined,
      1,
      undefined,
      0,
    ]);
    expect(sent.flatMap((picture) => picture?.pictureId ?? [])).toEqual([1, 2, 3, 4]);
  });

  test('a temporal layer is taken up only where a picture of it needs no other of its layer', () => {
    const stream = new Stream();
    stream.munger.setMaxTemporalLayer(0);
    stream.send(patternPicture(0), true);
    for (let index = 1; index < 3; index++) stream.send(patternPicture(index));
    stream.munger.setMaxTemporalLayer(2);
    const layers = Array.from(
      { length: 8 },
      (_, index) => stream.send(patternPicture(index + 3))?.temporalLayer,
    );
    // 3: layer 2 without sync. 5: layer 2 with sync, but layer 1 is missing. 6: layer 1 with sync. 7: layer 2 without.
    expect(layers).toEqual([undefined, 0, undefined, 1, undefined, 0, 2, 1]);
  });

  test('a key frame takes up all layers', () => {
    const stream = new Stream();
    stream.munger.setMaxTemporalLayer(0);
    stream.send(patternPicture(0), true);
    stream.munger.setMaxTemporalLayer(2);
    stream.send(patternPicture(4), true);
    expect(stream.munger.temporalLayer).toBe(2);
  });

  test('what the source lost stays a gap, and fits into it when it comes late', () => {
    const stream = new Stream();
    stream.munger.setMaxTemporalLayer(1);
    stream.send(patternPicture(0), true);
    stream.send(patternPicture(1));
    const newer = stream.send(patternPicture(4));
    const late = stream.send(patternPicture(2));
    expect([newer?.pictureId, late?.pictureId]).toEqual([3, 1]);
    // Dropped then, dropped again.
    expect(stream.send(patternPicture(1))).toBeUndefined();
  });

  test('a packet that is sent again gets the same descriptor, though numbers moved since', () => {
    const stream = new Stream();
    stream.munger.setMaxTemporalLayer(1);
    stream.send(patternPicture(0), true);
    const first = stream.send(patternPicture(2));
    for (let index = 3; index < 100; index++) stream.send(patternPicture(index));
    expect(stream.send(patternPicture(2))).toEqual(first);
  });

  test('pictures from before the start are dropped', () => {
    const stream = new Stream();
    stream.send({ pictureId: 10, tl0: 10, key: 1 }, true);
    expect(stream.send({ pictureId: 9, tl0: 9, key: 1 })).toBeUndefined();
  });

  test('stays without gaps over more than one round of picture ids', () => {
    const stream = new Stream();
    stream.munger.setMaxTemporalLayer(0);
    stream.send(patternPicture(0), true);
    for (let index = 1; index < 140_000; index++) {
      const sent = stream.munger.munge(parseQuietly(patternPicture(index)), false, scratch, 0);
      if ((index & 3) !== 0) continue;
      if (sent !== 6 || (((scratch[2]! & 0x7f) << 8) | scratch[3]!) !== ((index >> 2) & 0x7fff)) {
        expect.fail(`picture ${index} got another id`);
      }
    }
  });

  test('gives every picture an id of its own, in their order, whatever is wanted, lost and late', () => {
    const step = fc.record({
      skip: fc.nat(3),
      late: fc.nat(6),
      layer: fc.option(fc.nat(2), { freq: 4 }),
      isRestart: fc.nat(20).map((one) => one === 0),
    });

    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), fc.nat(0x7fff), (steps, first) => {
        const stream = new Stream();
        const ids = new Map<number, number>();
        let index = first & ~3;
        let start = index;

        stream.send(patternPicture(index), true);
        for (const { skip, late, layer, isRestart } of steps) {
          if (layer !== null) stream.munger.setMaxTemporalLayer(layer);
          index += 1 + skip;
          if (isRestart) {
            stream.munger.restart();
            index = start = (index + 400) & ~3;
            ids.clear();
          }
          for (const picture of [index, Math.max(index - late, start)]) {
            const sent = stream.send(patternPicture(picture), isRestart && picture === start);
            if (!sent) continue;
            expect(ids.get(picture) ?? sent.pictureId).toBe(sent.pictureId);
            ids.set(picture, sent.pictureId);
          }
        }

        const inOrder = [...ids].sort(([a], [b]) => a - b).map(([, id]) => id);
        inOrder.slice(1).forEach((id, at) => {
          expect((id - inOrder[at]!) & 0x7fff).toBeGreaterThan(0);
          expect((id - inOrder[at]!) & 0x7fff).toBeLessThan(100);
        });
      }),
      { seed: 7 },
    );
  });

  test('writes only the fields that the source has', () => {
    const stream = new Stream();
    expect(stream.write([0x10], true)).toEqual([0x10]);
    expect(stream.write([0x80, 0x20, 0x40])).toEqual([0x80, 0x20, 0x40]);
    expect(stream.write([0xb1, 0x40, 7])).toEqual([0xb1, 0x40, 7]);
  });
});

const scratch = new Uint8Array(MAX_VP8_DESCRIPTOR_SIZE);
const scratchDescriptor = createVp8Descriptor();

function parseQuietly(picture: Picture) {
  const bytes = Uint8Array.from(descriptorBytes(picture));
  parseVp8Descriptor(bytes, 0, bytes.length, scratchDescriptor);
  return scratchDescriptor;
}
