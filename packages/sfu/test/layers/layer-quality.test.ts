import {
  NO_LAYER,
  qualityOfLayer,
  sortLayers,
  sortRids,
  wantedSpatialLayer,
  type VideoLayer,
} from '@parley/sfu';
import { describe, expect, test } from 'vitest';

const HD: VideoLayer[] = [
  { quality: 'low', width: 320, height: 180 },
  { quality: 'medium', width: 640, height: 360 },
  { quality: 'high', width: 1280, height: 720 },
];

function bySize(width: number, height: number, layers = HD): number {
  return wantedSpatialLayer({ quality: 'high', width, height }, layers);
}

describe('wantedSpatialLayer()', () => {
  test.each([
    [160, 90, 0],
    [320, 180, 0],
    [352, 200, 0],
    [356, 201, 1],
    [640, 360, 1],
    [1280, 720, 2],
    [3840, 2160, 2],
  ])('for %i×%i pixels it is layer %i', (width, height, layer) => {
    expect(bySize(width, height)).toBe(layer);
  });

  test('goes by the shorter side of the track, whatever the shape of the tile', () => {
    expect(bySize(180, 360)).toBe(1);
    const upright = HD.map(({ quality, width, height }) => ({ quality, width: height, height: width }));
    expect(bySize(180, 360, upright)).toBe(0);
  });

  test('goes by the quality where no size is told, on either side', () => {
    const wanted = { quality: 'medium', width: 0, height: 0 } as const;
    expect(wantedSpatialLayer(wanted, HD)).toBe(1);
    expect(wantedSpatialLayer({ ...wanted, width: 1280, height: 720 }, [])).toBe(1);
    expect(
      bySize(
        100,
        100,
        HD.map(({ quality }) => ({ quality, width: 0, height: 0 })),
      ),
    ).toBe(2);
  });

  test('never better than the quality named, but the lowest layer at least', () => {
    const wanted = { width: 0, height: 0 };
    expect(wantedSpatialLayer({ ...wanted, quality: 'medium' }, [HD[0]!, HD[2]!])).toBe(0);
    expect(wantedSpatialLayer({ ...wanted, quality: 'low' }, [HD[2]!])).toBe(0);
    expect(wantedSpatialLayer({ ...wanted, quality: 'high' }, HD.slice(0, 2))).toBe(1);
  });

  test('nothing where nothing is wanted', () => {
    expect(wantedSpatialLayer({ quality: 'off', width: 640, height: 360 }, HD)).toBe(NO_LAYER);
  });
});

describe('qualityOfLayer()', () => {
  test('is the quality of that layer, or of the best there is', () => {
    expect([0, 1, 2, 3].map((layer) => qualityOfLayer(layer, HD))).toEqual(['low', 'medium', 'high', 'high']);
    expect(qualityOfLayer(1, [HD[0]!, HD[2]!])).toBe('high');
    expect(qualityOfLayer(0, [HD[2]!])).toBe('high');
    expect(qualityOfLayer(NO_LAYER, HD)).toBe('off');
  });

  test('without layers it is low, medium and high', () => {
    expect([0, 1, 2, 3].map((layer) => qualityOfLayer(layer, []))).toEqual(['low', 'medium', 'high', 'high']);
  });
});

describe('sortRids()', () => {
  test('knows the usual names, whatever their order', () => {
    expect(sortRids(['f', 'q', 'h'])).toEqual(['q', 'h', 'f']);
    expect(sortRids(['0', '2'])).toEqual(['2', '0']);
  });

  test('leaves other names in their order', () => {
    expect(sortRids(['z', 'q', 'a'])).toEqual(['z', 'q', 'a']);
    expect(sortRids([])).toEqual([]);
  });
});

test('sortLayers() sorts from the lowest up', () => {
  expect(sortLayers([HD[2]!, HD[0]!, HD[1]!])).toEqual(HD);
});
