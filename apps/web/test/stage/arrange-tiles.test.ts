import { describe, expect, it } from 'vitest';
import { arrangeTiles } from '../../src/stage/arrange-tiles.js';
import { participantView } from '../participant-view.js';

const DESKTOP = { width: 1248, height: 650 };
const PHONE = { width: 374, height: 660 };
const GRID = { view: 'grid', pinned: undefined, speaker: undefined, spoke: [], page: 0 } as const;
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

  it('floats oneself over the only other', () => {
    const roles = arrangeTiles(crowd(2), PHONE, GRID).tiles.map((placed) => placed.role);
    expect(roles).toEqual(['floating', 'grid']);
    const [me, other] = arrangeTiles(crowd(2), DESKTOP, GRID).tiles;
    expect([me?.role, other?.role]).toEqual(['floating', 'grid']);
    expect(me?.box.width).toBeLessThan((other?.box.width ?? 0) / 3);
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
      ['p0:camera', 'strip'],
      ['me:camera', 'strip'],
    ]);
    expect(more).toBeUndefined();
  });

  it('shows the presenter beside the shared screen, then who spoke last, then who joined first, oneself last', () => {
    const people = crowd(6).map((person) =>
      person.identity === 'p3' ? { ...person, isSharing: true } : person,
    );
    const { tiles } = arrangeTiles(people, { width: 788, height: 1030 }, { ...SPEAKER, spoke: ['p4', 'p2'] });
    expect(tiles.map((placed) => placed.tile.key)).toEqual([
      'p3:screen',
      'p3:camera',
      'p4:camera',
      'p2:camera',
      'p0:camera',
      'p1:camera',
      'me:camera',
    ]);
  });

  it('brings who speaks on a later page to the first, and moves nobody else but one', () => {
    const before = arrangeTiles(crowd(40), DESKTOP, GRID).tiles.map(({ tile }) => tile.key);
    const after = arrangeTiles(crowd(40), DESKTOP, { ...GRID, spoke: ['p35'] }).tiles.map(
      ({ tile }) => tile.key,
    );
    expect(after).toContain('p35:camera');
    expect(after.filter((key, index) => key !== before[index])).toEqual(['p35:camera']);
    const later = arrangeTiles(crowd(40), DESKTOP, { ...GRID, spoke: ['p36', 'p35'] }).tiles.map(
      ({ tile }) => tile.key,
    );
    expect(later.filter((key, index) => key !== after[index])).toEqual(['p36:camera']);
  });

  it('tells who speaks on another page', () => {
    const people = crowd(40).map((person) =>
      person.identity === 'p3' ? { ...person, isSpeaking: true } : person,
    );
    expect(arrangeTiles(people, DESKTOP, { ...GRID, page: 1 }).speakingElsewhere).toEqual({
      name: 'p3',
      page: 0,
    });
    expect(arrangeTiles(people, DESKTOP, GRID).speakingElsewhere).toBeUndefined();
  });

  it('says how many do not fit into the strip', () => {
    const { tiles, more } = arrangeTiles(crowd(30), DESKTOP, SPEAKER);
    expect(tiles.length + (more?.count ?? 0)).toBe(30);
  });
});
