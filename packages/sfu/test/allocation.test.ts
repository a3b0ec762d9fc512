import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { allocate, wantedBitrate, type AllocationRequest } from '../src/allocation.js';

const LAYERS = [150_000, 500_000, 1_500_000];

function camera(id: string, request: Partial<AllocationRequest> = {}): AllocationRequest {
  return { id, kind: 'video', priority: 1, layers: LAYERS, maxLayer: 2, current: -1, ...request };
}

function screen(id: string, request: Partial<AllocationRequest> = {}): AllocationRequest {
  return camera(id, { priority: 255, layers: [400_000, 1_200_000], maxLayer: 1, ...request });
}

function microphone(id: string): AllocationRequest {
  return { id, kind: 'audio', priority: 1, layers: [40_000], maxLayer: 0, current: 0 };
}

function layers(
  bitrate: number,
  requests: readonly AllocationRequest[],
  allowPause = true,
): Record<string, number> {
  return Object.fromEntries(allocate(bitrate, requests, { allowPause }).map(({ id, layer }) => [id, layer]));
}

/** Allocates until nothing changes any more. Returns the layers after each time. */
function settle(bitrate: number, requests: readonly AllocationRequest[]): Record<string, number>[] {
  const history: Record<string, number>[] = [];
  let current = requests;
  for (let i = 0; i < 5; i++) {
    const given = layers(bitrate, current);
    history.push(given);
    current = current.map((request) => ({ ...request, current: given[request.id]! }));
  }
  return history;
}

it('gives everyone the best where everything fits', () => {
  const requests = [microphone('m'), camera('a'), camera('b'), screen('s')];
  expect(layers(10_000_000, requests)).toEqual({ m: 0, a: 2, b: 2, s: 1 });
});

it('answers in the order of the requests', () => {
  const requests = [camera('b'), microphone('m'), screen('s'), camera('a')];
  expect(allocate(1e9, requests, { allowPause: true }).map(({ id }) => id)).toEqual(['b', 'm', 's', 'a']);
});

it('has nothing to give to nobody', () => {
  expect(allocate(1e6, [], { allowPause: true })).toEqual([]);
});

it('audio has its share before any video, even if it does not fit', () => {
  const requests = [camera('a', { current: 0 }), microphone('m'), microphone('n')];
  // A video that flows is not paused at once: seven tenths of the 230 kbit/s that all need are enough.
  expect(layers(160_000, requests)).toEqual({ a: -1, m: 0, n: 0 });
  expect(layers(161_000, requests)).toEqual({ a: 0, m: 0, n: 0 });
  expect(layers(0, requests)).toEqual({ a: -1, m: 0, n: 0 });
});

it('the screen share comes first among video', () => {
  expect(layers(500_000, [camera('a'), camera('b'), screen('s')])).toEqual({ a: -1, b: -1, s: 0 });
  expect(layers(1_800_000, [camera('a'), camera('b'), screen('s')])).toEqual({ a: 0, b: 0, s: 1 });
});

it('everyone gets the lowest layer before anyone gets more', () => {
  const requests = ['a', 'b', 'c', 'd'].map((id) => camera(id));
  expect(layers(700_000, requests)).toEqual({ a: 0, b: 0, c: 0, d: 0 });
});

it('what is left raises one after the other, one layer at a time', () => {
  const requests = ['a', 'b', 'c'].map((id) => camera(id));
  expect(layers(950_000, requests)).toEqual({ a: 1, b: 0, c: 0 });
  expect(layers(1_400_000, requests)).toEqual({ a: 1, b: 1, c: 0 });
  expect(layers(1_750_000, requests)).toEqual({ a: 1, b: 1, c: 1 });
  expect(layers(2_900_000, requests)).toEqual({ a: 2, b: 1, c: 1 });
});

it('a camera that has little gets more before one that has much gets still more', () => {
  const requests = [camera('a', { current: 2 }), camera('b', { current: 0 })];
  expect(layers(1_650_000, requests)).toEqual({ a: 1, b: 1 });
});

it('a smaller video may fit where a larger one does not', () => {
  expect(layers(200_000, [screen('s'), camera('a')])).toEqual({ s: -1, a: 0 });
});

it('a video is given no more than the client shows', () => {
  const requests = [
    camera('a', { maxLayer: 0 }),
    camera('b', { maxLayer: -1, current: 2 }),
    camera('c', { layers: [] }),
  ];
  expect(layers(1e9, requests)).toEqual({ a: 0, b: -1, c: -1 });
  expect(layers(1e9, [camera('a', { maxLayer: 7 })])).toEqual({ a: 2 });
});

it('without pauses what does not fit gets its lowest layer all the same', () => {
  const requests = [camera('a'), camera('b'), camera('hidden', { maxLayer: -1 })];
  expect(layers(0, requests, false)).toEqual({ a: 0, b: 0, hidden: -1 });
  expect(layers(600_000, requests, false)).toEqual({ a: 0, b: 0, hidden: -1 });
});

describe('so that layers do not flap', () => {
  it('a raise needs more than just enough', () => {
    expect(layers(500_000, [camera('a', { current: 0 })])).toEqual({ a: 0 });
    expect(layers(574_000, [camera('a', { current: 0 })])).toEqual({ a: 0 });
    expect(layers(576_000, [camera('a', { current: 0 })])).toEqual({ a: 1 });
  });

  it('what is had is kept as long as it fits', () => {
    expect(layers(500_000, [camera('a', { current: 1 })])).toEqual({ a: 1 });
    expect(layers(499_000, [camera('a', { current: 1 })])).toEqual({ a: 0 });
  });

  it('a paused video comes back only when there is room to spare', () => {
    expect(layers(160_000, [camera('a')])).toEqual({ a: -1 });
    expect(layers(160_000, [camera('a', { current: 0 })])).toEqual({ a: 0 });
    expect(layers(175_000, [camera('a')])).toEqual({ a: 0 });
  });

  it('of two equals the one that has a layer keeps it', () => {
    const requests = [camera('a', { current: 0 }), camera('b', { current: 1 })];
    expect(layers(800_000, requests)).toEqual({ a: 0, b: 1 });
  });

  it('an estimate that wavers by a tenth changes nothing', () => {
    let requests = [microphone('m'), camera('a'), camera('b'), screen('s')];
    const seen = new Set<string>();
    for (let i = 0; i < 100; i++) {
      const given = layers(2_000_000 * (1 + 0.05 * Math.sin(i)), requests);
      requests = requests.map((request) => ({ ...request, current: given[request.id]! }));
      if (i > 10) seen.add(JSON.stringify(given));
    }
    expect(seen.size).toBe(1);
  });
});

it('wants the best of everything, and gets it with room to spare', () => {
  const requests = [
    microphone('m'),
    camera('a'),
    camera('b', { maxLayer: 0 }),
    camera('c', { maxLayer: -1 }),
  ];
  expect(wantedBitrate(requests)).toBe(40_000 + 1_500_000 + 150_000);
  expect(layers(1.15 * wantedBitrate(requests), requests)).toEqual({ m: 0, a: 2, b: 0, c: -1 });
});

describe('whatever is asked for', () => {
  const request = fc.record({
    kind: fc.constantFrom('audio' as const, 'video' as const),
    priority: fc.constantFrom(1, 100, 255),
    layers: fc
      .array(fc.integer({ min: 0, max: 3_000_000 }), { maxLength: 4 })
      .map((bitrates) => bitrates.sort((a, b) => a - b)),
    maxLayer: fc.integer({ min: -1, max: 4 }),
    current: fc.integer({ min: -1, max: 3 }),
  });
  const requests = fc
    .array(request, { maxLength: 12 })
    .map((list): AllocationRequest[] => list.map((item, i) => ({ id: `id${String(i)}`, ...item })));
  const bitrate = fc.integer({ min: 0, max: 20_000_000 });

  function bitrateOf({ layers: bitrates }: AllocationRequest, layer: number): number {
    return bitrates[layer] ?? 0;
  }

  it('no video is given more than there is, or than it can use', () => {
    fc.assert(
      fc.property(requests, bitrate, (list, available) => {
        const given = layers(available, list);
        let audio = 0;
        let video = 0;
        let isMoreThanLowest = false;
        for (const item of list) {
          const layer = given[item.id]!;
          if (item.kind === 'audio') audio += bitrateOf(item, layer);
          else {
            expect(layer).toBeLessThanOrEqual(Math.min(item.maxLayer, item.layers.length - 1));
            video += bitrateOf(item, layer);
            if (layer > 0) isMoreThanLowest = true;
          }
        }
        // Lowest layers that flow already may take a little more.
        const share = isMoreThanLowest ? 1 : 0.7;
        if (video > 0) expect((video + audio) * share).toBeLessThanOrEqual(available);
      }),
      { seed: 1 },
    );
  });

  it('the order of requests makes no difference', () => {
    fc.assert(
      fc.property(requests, bitrate, (list, available) => {
        expect(layers(available, [...list].reverse())).toEqual(layers(available, list));
      }),
      { seed: 1 },
    );
  });

  it('the same bitrate soon leads to the same layers', () => {
    fc.assert(
      fc.property(requests, bitrate, (list, available) => {
        const history = settle(available, list);
        expect(history[4]).toEqual(history[3]);
      }),
      { seed: 1 },
    );
  });

  it('more bandwidth never leaves the first video with less', () => {
    fc.assert(
      fc.property(requests, bitrate, bitrate, (list, available, more) => {
        const first = list
          .filter(({ kind, maxLayer }) => kind === 'video' && maxLayer >= 0)
          .sort((a, b) => b.priority - a.priority)[0];
        if (!first || list.some(({ id, priority }) => id !== first.id && priority === first.priority)) return;
        expect(layers(available + more, list)[first.id]).toBeGreaterThanOrEqual(
          layers(available, list)[first.id]!,
        );
      }),
      { seed: 1 },
    );
  });
});

it('gives a layer anew only where there is room for it at its highest', () => {
  const slides = (current: number) => [
    screen('s', { layers: [60_000], peaks: [800_000], maxLayer: 0, current }),
  ];
  expect(layers(800_000, slides(-1))).toEqual({ s: -1 });
  expect(layers(920_000, slides(-1))).toEqual({ s: 0 });
  expect(layers(100_000, slides(0))).toEqual({ s: 0 });
  expect(wantedBitrate(slides(0))).toBe(800_000);
});
