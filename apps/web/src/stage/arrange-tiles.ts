import type { ParticipantView } from '../call/participants.js';
import { gridLayout, isNarrow, pairLayout, speakerLayout, type Box, type Size } from './stage-layout.js';
import type { View } from './stage-view.js';
import { focusedTile, tilesOf, type TileModel } from './tiles.js';

export interface PlacedTile {
  tile: TileModel;
  box: Box;
  role: 'grid' | 'focus' | 'strip' | 'floating';
}

export interface ArrangedTiles {
  tiles: PlacedTile[];
  /** Where to say how many did not fit. */
  more: { box: Box; count: number } | undefined;
  page: number;
  pages: number;
}

export interface ArrangeOptions {
  view: View;
  pinned: string | undefined;
  speaker: string | undefined;
  page: number;
}

/** Decides which tiles are on the stage and where. Nothing is placed before the stage has a size. */
export function arrangeTiles(
  participants: readonly ParticipantView[],
  stage: Size,
  options: ArrangeOptions,
): ArrangedTiles {
  const tiles = tilesOf(participants);
  if (stage.width === 0 || stage.height === 0) return { tiles: [], more: undefined, page: 0, pages: 1 };
  return options.view === 'grid'
    ? arrangeGrid(tiles, stage, options.page)
    : arrangeSpeaker(tiles, stage, options);
}

function arrangeGrid(tiles: readonly TileModel[], stage: Size, wantedPage: number): ArrangedTiles {
  const [self, other] = tiles;
  if (tiles.length === 2 && self !== undefined && other?.source === 'camera' && isNarrow(stage)) {
    const boxes = pairLayout(stage);
    return {
      tiles: [
        { tile: self, box: boxes.self, role: 'floating' },
        { tile: other, box: boxes.other, role: 'grid' },
      ],
      more: undefined,
      page: 0,
      pages: 1,
    };
  }
  if (tiles.length === 1 && self !== undefined && isNarrow(stage)) {
    const tile: PlacedTile = { tile: self, box: { x: 0, y: 0, ...stage }, role: 'grid' };
    return { tiles: [tile], more: undefined, page: 0, pages: 1 };
  }
  const { boxes, first, page, pages } = gridLayout(stage, tiles.length, wantedPage);
  return { tiles: place(tiles.slice(first), boxes, 'grid'), more: undefined, page, pages };
}

function arrangeSpeaker(
  tiles: readonly TileModel[],
  stage: Size,
  { pinned, speaker }: ArrangeOptions,
): ArrangedTiles {
  const focus = focusedTile(tiles, pinned, speaker);
  if (focus === undefined) return { tiles: [], more: undefined, page: 0, pages: 1 };
  const others = tiles.filter((tile) => tile !== focus);
  const { focus: focusBox, strip, hidden } = speakerLayout(stage, others.length);
  const moreBox = hidden > 0 ? strip.at(-1) : undefined;
  const boxes = moreBox === undefined ? strip : strip.slice(0, -1);
  return {
    tiles: [{ tile: focus, box: focusBox, role: 'focus' }, ...place(others, boxes, 'strip')],
    more: moreBox === undefined ? undefined : { box: moreBox, count: hidden },
    page: 0,
    pages: 1,
  };
}

function place(tiles: readonly TileModel[], boxes: readonly Box[], role: PlacedTile['role']): PlacedTile[] {
  const placed: PlacedTile[] = [];
  for (const [index, box] of boxes.entries()) {
    const tile = tiles[index];
    if (tile !== undefined) placed.push({ tile, box, role });
  }
  return placed;
}
