import { DependencyDescriptorParser } from '@parley/rtp';
import { DependencyDescriptorSelector, NO_LAYER, Selection } from '@parley/sfu';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CHROMIUM_L3T3_KEY_FRAME,
  writeDescriptor,
  type DescriptorNotation,
  type StructureNotation,
} from '../../../rtp/test/dependency-descriptor/descriptors.js';

/** What a packet is told as: dropped, forwarded, forwarded as the end of its picture. */
const SIGNS: Record<Selection, string> = {
  [Selection.DROP]: '-',
  [Selection.FORWARD]: 'f',
  [Selection.FORWARD_MARKED]: 'M',
  [Selection.SWITCH]: '?',
};

/** Templates of Chromium's structure, per picture: the frame of each spatial layer. */
const KEY = [1, 6, 11];
const T0 = [0, 5, 10];
const T1 = [2, 7, 12];
const FIRST_T2 = [3, 8, 13];
const SECOND_T2 = [4, 9, 14];
const CYCLE = [T0, FIRST_T2, T1, SECOND_T2];

/** How many frames back those lie that the frames of each template build on. */
const FRAME_DIFFS = [
  [12],
  [],
  [6],
  [3],
  [3],
  [12, 1],
  [1],
  [6, 1],
  [3, 1],
  [3, 1],
  [12, 1],
  [1],
  [6, 1],
  [3, 1],
  [3, 1],
];

/** Frame number in the captured key frame. */
const KEY_FRAME_NUMBER = 0x0172;

/** Packets of one stream on their way through a parser and one subscriber's selector. */
class Stream {
  readonly selector = new DependencyDescriptorSelector();
  readonly #parser = new DependencyDescriptorParser();
  timestamp = 0;
  frameNumber = KEY_FRAME_NUMBER;

  element(bytes: Uint8Array): string {
    const descriptor = this.#parser.parse(bytes, 0, bytes.length);
    expect(descriptor).toBeDefined();
    const selection = this.selector.select(descriptor!, this.timestamp);
    return SIGNS[selection];
  }

  /** One packet; of the next frame unless it says otherwise. */
  packet(descriptor: Partial<DescriptorNotation> & { templateId: number }): string {
    return this.element(writeDescriptor({ frameNumber: this.frameNumber++ & 0xffff, ...descriptor }));
  }

  /** A picture of frames of one packet each; `descriptor` is of the first. */
  picture(templates: readonly number[], descriptor: Partial<DescriptorNotation> = {}): string {
    this.timestamp += 3000;
    return templates
      .map((templateId, index) => this.packet({ ...(index === 0 && descriptor), templateId }))
      .join('');
  }

  /** A key picture of Chromium's structure. */
  keyPicture(): string {
    this.timestamp += 3000;
    const bytes = Uint8Array.from(CHROMIUM_L3T3_KEY_FRAME);
    bytes[1] = (this.frameNumber >> 8) & 0xff;
    bytes[2] = this.frameNumber++ & 0xff;
    return [this.element(bytes), ...KEY.slice(1).map((templateId) => this.packet({ templateId }))].join('');
  }

  /** The pictures after a key picture: each four temporal steps. */
  cycle(): string {
    // Behind the key picture comes no T0: the cycle goes on with T2, T1, T2.
    return [...CYCLE.slice(1), T0].map((templates) => this.picture(templates)).join(' ');
  }
}

function started(spatialLayer: number, temporalLayer: number): Stream {
  const stream = new Stream();
  stream.selector.setTarget(spatialLayer, temporalLayer);
  stream.keyPicture();
  return stream;
}

describe('DependencyDescriptorSelector', () => {
  test.each([
    [2, 2, 'ffM', 'ffM ffM ffM ffM'],
    [1, 2, 'fM-', 'fM- fM- fM- fM-'],
    [0, 2, 'M--', 'M-- M-- M-- M--'],
    [2, 1, 'ffM', '--- ffM --- ffM'],
    [2, 0, 'ffM', '--- --- --- ffM'],
    [0, 0, 'M--', '--- --- --- M--'],
    [NO_LAYER, 2, '---', '--- --- --- ---'],
  ])(
    'forwards up to layer S%i T%i, and marks the last packet of each picture',
    (spatial, temporal, key, cycle) => {
      const stream = new Stream();
      stream.selector.setTarget(spatial, temporal);
      expect(stream.keyPicture()).toBe(key);
      expect(stream.cycle()).toBe(cycle);
      expect(stream.selector.needsKeyFrame).toBe(false);
    },
  );

  test('marks only the last packet of a frame', () => {
    const stream = started(0, 2);
    stream.timestamp += 3000;
    const frame = { templateId: 3, frameNumber: stream.frameNumber };
    expect(stream.packet({ ...frame, last: false })).toBe('f');
    expect(stream.packet({ ...frame, first: false, last: false })).toBe('f');
    expect(stream.packet({ ...frame, first: false })).toBe('M');
  });

  test('starts with a key frame, and asks for it', () => {
    const stream = started(NO_LAYER, 2);
    stream.selector.setTarget(2, 2);
    expect(stream.selector.needsKeyFrame).toBe(true);
    expect(stream.cycle()).toBe('--- --- --- ---');
    expect(stream.selector.needsKeyFrame).toBe(true);
    expect(stream.keyPicture()).toBe('ffM');
    expect(stream.selector.needsKeyFrame).toBe(false);
    expect(stream.cycle()).toBe('ffM ffM ffM ffM');
  });

  test('goes down with the next picture, not in the middle of one', () => {
    const stream = started(2, 2);
    stream.timestamp += 3000;
    expect(stream.packet({ templateId: 3 })).toBe('f');
    stream.selector.setTarget(0, 2);
    expect(stream.packet({ templateId: 8 })).toBe('f');
    expect(stream.packet({ templateId: 13 })).toBe('M');
    expect(stream.picture(T1)).toBe('M--');
    expect(stream.selector.spatialLayer).toBe(0);
    expect(stream.selector.needsKeyFrame).toBe(false);
  });

  test('goes up in space with a key frame, and asks for it', () => {
    const stream = started(0, 2);
    stream.cycle();
    stream.selector.setTarget(2, 2);
    expect(stream.selector.needsKeyFrame).toBe(true);
    expect(stream.cycle()).toBe('M-- M-- M-- M--');
    expect(stream.selector.needsKeyFrame).toBe(true);
    expect(stream.keyPicture()).toBe('ffM');
    expect(stream.selector.needsKeyFrame).toBe(false);
  });

  test('goes up in time at once, but without pictures that build on dropped ones', () => {
    const stream = started(2, 0);
    expect(stream.picture(FIRST_T2)).toBe('---');
    expect(stream.picture(T1)).toBe('---');
    stream.selector.setTarget(2, 2);
    expect(stream.selector.needsKeyFrame).toBe(false);
    // It refers to the T1 picture.
    expect(stream.picture(SECOND_T2)).toBe('---');
    expect(stream.picture(T0)).toBe('ffM');
    expect(stream.cycle()).toBe('ffM ffM ffM ffM');
  });

  test('goes by the layers that are sent, and does not wait for others', () => {
    const stream = started(2, 2);
    expect(stream.picture(FIRST_T2.slice(0, 2), { mask: 0x03f, targets: 9 })).toBe('fM');
    stream.frameNumber++;
    expect(stream.picture(T1.slice(0, 2))).toBe('fM');
    expect(stream.selector.spatialLayer).toBe(1);
    expect(stream.selector.needsKeyFrame).toBe(false);
  });

  test('frames lost on the way in do not end a layer, and are forwarded when they come late', () => {
    const stream = started(2, 2);
    stream.picture(FIRST_T2);
    stream.frameNumber += 6;
    expect(stream.picture(T0)).toBe('ffM');
    expect(stream.packet({ templateId: 7, frameNumber: stream.frameNumber - 8 })).toBe('f');
    expect(stream.packet({ templateId: 12, frameNumber: stream.frameNumber - 7 })).toBe('M');
  });

  test('a packet is treated like the others of its frame when it comes late or again', () => {
    const stream = started(2, 2);
    const last = { templateId: 13, frameNumber: stream.frameNumber + 2 };
    stream.picture(FIRST_T2);
    stream.selector.setTarget(0, 0);
    stream.picture(T1);
    stream.picture(SECOND_T2);
    expect(stream.packet(last)).toBe('f');
    expect(stream.packet({ templateId: 7, frameNumber: last.frameNumber + 2 })).toBe('-');
  });

  test('frames from before the start are dropped, however late', () => {
    const stream = started(2, 2);
    expect(stream.packet({ templateId: 14, frameNumber: KEY_FRAME_NUMBER - 1 })).toBe('-');
    expect(stream.packet({ templateId: 14, frameNumber: KEY_FRAME_NUMBER - 600 })).toBe('-');
  });

  test('a restart waits for a key frame', () => {
    const stream = started(2, 2);
    stream.selector.restart();
    expect(stream.selector.needsKeyFrame).toBe(true);
    expect(stream.cycle()).toBe('--- --- --- ---');
    expect(stream.keyPicture()).toBe('ffM');
  });

  test('follows a sender that began anew', () => {
    const stream = started(2, 2);
    stream.frameNumber = KEY_FRAME_NUMBER + 0x9000;
    expect(stream.keyPicture()).toBe('ffM');
    expect(stream.cycle()).toBe('ffM ffM ffM ffM');
  });

  test('stays right where frame numbers wrap', () => {
    const stream = new Stream();
    stream.selector.setTarget(1, 1);
    stream.frameNumber = 0xffe0;
    stream.keyPicture();
    for (let cycle = 0; cycle < 60; cycle++) expect(stream.cycle()).toBe('--- fM- --- fM-');
  });

  test('never forwards a frame without those it builds on, whatever is wanted and lost', () => {
    const step = fc.record({
      target: fc.option(fc.tuple(fc.integer({ min: -1, max: 2 }), fc.integer({ min: 0, max: 2 })), {
        freq: 3,
      }),
      isKey: fc.integer({ min: 0, max: 15 }).map((one) => one === 0),
      lost: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
    });

    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
        const stream = started(2, 2);
        /** What became of each frame: 'f', 'M', '-'; nothing of those lost. */
        const sent = new Map<number, string>();
        let temporal = 1;

        for (const { target, isKey, lost } of steps) {
          if (target) stream.selector.setTarget(...target);
          if (isKey) {
            stream.keyPicture();
            sent.clear();
            temporal = 1;
            continue;
          }
          const templates = CYCLE[temporal++ % 4]!;
          const first = stream.frameNumber;
          if (lost) {
            stream.frameNumber += templates.length;
            continue;
          }
          Array.from(stream.picture(templates)).forEach((sign, index) => {
            const diffs = FRAME_DIFFS[templates[index]!]!;
            const missing = diffs.filter((diff) => sent.get(first + index - diff) === '-');
            sent.set(first + index, sign);
            if (sign !== '-') expect(missing).toEqual([]);
          });
        }
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  test('a key frame that is sent again changes nothing', () => {
    const stream = started(2, 2);
    stream.picture(FIRST_T2);
    expect(stream.element(CHROMIUM_L3T3_KEY_FRAME)).toBe('f');
    expect(stream.picture(T1)).toBe('ffM');
  });
});

/** Two spatial layers; the second may begin anew without a key frame: section A.10.1.2 of the specification. */
const L2T1: StructureNotation = {
  templateIdOffset: 0,
  chainCount: 2,
  protectedBy: [0, 1],
  templates: [
    { layers: [0, 0], indications: 'SS', frameDiffs: [], chainDiffs: [0, 0] },
    { layers: [0, 0], indications: 'SR', frameDiffs: [2], chainDiffs: [2, 1] },
    { layers: [0, 0], indications: 'SS', frameDiffs: [2], chainDiffs: [2, 0] },
    { layers: [1, 0], indications: '-R', frameDiffs: [1, 2], chainDiffs: [1, 1] },
    { layers: [1, 0], indications: '-S', frameDiffs: [1], chainDiffs: [1, 0] },
    { layers: [1, 0], indications: '-R', frameDiffs: [1], chainDiffs: [1, 1] },
  ],
};

/** As L2T1, but the layers build on each other at key frames only. */
const L2T1_KEY: StructureNotation = {
  templateIdOffset: 0,
  chainCount: 2,
  protectedBy: [0, 1],
  templates: [
    { layers: [0, 0], indications: 'SS', frameDiffs: [], chainDiffs: [0, 0] },
    { layers: [0, 0], indications: 'S-', frameDiffs: [2], chainDiffs: [2, 1] },
    { layers: [1, 0], indications: '-S', frameDiffs: [1], chainDiffs: [1, 1] },
    { layers: [1, 0], indications: '-S', frameDiffs: [2], chainDiffs: [1, 2] },
  ],
};

/** One spatial, two temporal layers, without chains. */
const L1T2: StructureNotation = {
  templateIdOffset: 0,
  chainCount: 0,
  protectedBy: [0, 0],
  templates: [
    { layers: [0, 0], indications: 'SS', frameDiffs: [], chainDiffs: [] },
    { layers: [0, 0], indications: 'SS', frameDiffs: [2], chainDiffs: [] },
    { layers: [0, 1], indications: '-D', frameDiffs: [1], chainDiffs: [] },
  ],
};

describe('DependencyDescriptorSelector, other structures', () => {
  function start(structure: StructureNotation, templates: readonly number[]): Stream {
    const stream = new Stream();
    stream.selector.setTarget(0, 0);
    stream.picture([0], { structure });
    for (const templateId of templates) stream.packet({ templateId });
    return stream;
  }

  test.each([
    ['with the base layer', [2, 5]],
    ['with the layer itself', [1, 4]],
  ])('goes up where the higher chain begins anew %s', (_, templates) => {
    const stream = start(L2T1, [5]);
    stream.picture([1, 3]);
    stream.selector.setTarget(1, 0);
    expect(stream.picture([1, 3])).toBe('M-');
    expect(stream.picture(templates)).toMatch(/^[fM]M$/);
    expect(stream.picture([1, 3])).toBe('fM');
    expect(stream.selector.needsKeyFrame).toBe(false);
  });

  test('leaves out the lower layer where the higher does not build on it', () => {
    const stream = start(L2T1_KEY, [2]);
    stream.selector.setTarget(1, 0);
    expect(stream.picture([0, 2], { structure: L2T1_KEY })).toBe('fM');
    expect(stream.picture([1, 3])).toBe('-M');
    stream.selector.setTarget(0, 0);
    expect(stream.picture([1, 3])).toBe('-M');
    expect(stream.selector.needsKeyFrame).toBe(true);
    stream.timestamp += 3000;
    expect(stream.packet({ templateId: 0, structure: L2T1_KEY })).toBe('M');
    expect(stream.packet({ templateId: 2 })).toBe('-');
    expect(stream.picture([1, 3])).toBe('M-');
    expect(stream.selector.needsKeyFrame).toBe(false);
  });

  test('without chains it goes where a frame says that one may', () => {
    const stream = new Stream();
    stream.selector.setTarget(0, 0);
    expect(stream.picture([0], { structure: L1T2 })).toBe('M');
    expect(stream.picture([2])).toBe('-');
    stream.selector.setTarget(0, 1);
    expect(stream.picture([1])).toBe('M');
    expect(stream.picture([2])).toBe('M');
    expect(stream.selector.temporalLayer).toBe(1);
    expect(stream.selector.needsKeyFrame).toBe(false);
  });

  test('without chains too it starts with a key frame', () => {
    const stream = new Stream();
    stream.picture([0], { structure: L1T2 });
    stream.selector.setTarget(0, 1);
    expect(stream.picture([2])).toBe('-');
    expect(stream.picture([1])).toBe('-');
    expect(stream.selector.needsKeyFrame).toBe(true);
  });
});
