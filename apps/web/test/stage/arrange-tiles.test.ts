import { describe, expect, it } from 'vitest';
import { arrangeTiles } from '../../src/stage/arrange-tiles.js';
import { participantView } from '../participant-view.js';

const DESKTOP = { width: 1248, height: 650 };
const PHONE = { width: 374, height: 660 };
const GRID = { view: 'grid', pinned: undefined, speaker: undefined, page: 0 } as const;
const SPEAKER = { ...GRID, view: 'speaker' } as const;

const self = participantView('me', { isLocal: true });
const crowd = (count: number) => [
  self,
  ...Array.from({ length: count - 1 }, (_, i) => participantView(`p${i}`)),
];

describe('arrangeTiles', () => {
  it('places nothing before the stage has a size', () => {
    expect(arrangeTiles(crowd(3), { width: 0, height: 0 }, GRID).tiles).toEqual([]);
  });

  it('floats oneself over the only other on a phone', () => {
    const roles = arrangeTiles(crowd(2), PHONE, GRID).tiles.map((placed) => placed.role);
    expect(roles).toEqual(['floating', 'grid']);
    expect(arrangeTiles(crowd(2), DESKTOP, GRID).tiles.map((placed) => placed.role)).toEqual([
      'grid',
      'grid',
    ]);
  });

  it('shows the tiles of the wanted page', () => {
    const first = arrangeTiles(crowd(40), DESKTOP, GRID);
    const second = arrangeTiles(crowd(40), DESKTOP, { ...GRID, page: 1 });
    expect(first.pages).toBeGreaterThan(1);
    const keys = new Set(first.tiles.map((placed) => placed.tile.key));
    expect(second.tiles.some((placed) => keys.has(placed.tile.key))).toBe(false);
  });

  it('shows one tile large and the others in a strip', () => {
    const { tiles, more } = arrangeTiles(crowd(3), DESKTOP, { ...SPEAKER, speaker: 'p1' });
    expect(tiles.map((placed) => [placed.tile.key, placed.role])).toEqual([
      ['p1:camera', 'focus'],
      ['me:camera', 'strip'],
      ['p0:camera', 'strip'],
    ]);
    expect(more).toBeUndefined();
  });

  it('says how many do not fit into the strip', () => {
    const { tiles, more } = arrangeTiles(crowd(30), DESKTOP, SPEAKER);
    expect(tiles.length + (more?.count ?? 0)).toBe(30);
  });
});
