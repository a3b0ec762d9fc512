import type { ParticipantView } from '../call/participants.js';
import {
  gridLayout,
  isNarrow,
  pairLayout,
  speakerLayout,
  tilesPerPage,
  type Box,
  type Size,
} from './stage-layout.js';
import type { View } from './stage-view.js';
import { gridOrder, stripOrder } from './tile-order.js';
import { focusedTile, tilesOf, type TileModel } from './tiles.js';

export type TileRole = 'grid' | 'focus' | 'strip' | 'floating';

export interface PlacedTile {
  tile: TileModel;
  box: Box;
  role: TileRole;
}

export interface ArrangedTiles {
  tiles: PlacedTile[];
  /** Where to say how many did not fit. */
  more: { box: Box; count: number } | undefined;
  page: number;
  pages: number;
  /** Who speaks on another page of the grid, and on which. */
  speakingElsewhere: { name: string; page: number } | undefined;
}

export interface ArrangeOptions {
  view: View;
  pinned: string | undefined;
  speaker: string | undefined;
  /** Identities of those who spoke, the latest first. */
  spoke: readonly string[];
  page: number;
}

const NOTHING: ArrangedTiles = {
  tiles: [],
  more: undefined,
  page: 0,
  pages: 1,
  speakingElsewhere: undefined,
};

/** Decides which tiles are on the stage and where. Nothing is placed before the stage has a size. */
export function arrangeTiles(
  participants: readonly ParticipantView[],
  stage: Size,
  options: ArrangeOptions,
): ArrangedTiles {
  const tiles = tilesOf(participants);
  if (stage.width === 0 || stage.height === 0) return NOTHING;
  return options.view === 'grid' ? arrangeGrid(tiles, stage, options) : arrangeSpeaker(tiles, stage, options);
}

function arrangeGrid(tiles: readonly TileModel[], stage: Size, options: ArrangeOptions): ArrangedTiles {
  const [self, other] = tiles;
  if (tiles.length === 2 && self?.source === 'camera' && other?.source === 'camera') {
    const boxes = pairLayout(stage);
    return {
      ...NOTHING,
      tiles: [
        { tile: self, box: boxes.self, role: 'floating' },
        { tile: other, box: boxes.other, role: 'grid' },
      ],
    };
  }
  if (tiles.length === 1 && self !== undefined && isNarrow(stage)) {
    return { ...NOTHING, tiles: [{ tile: self, box: { x: 0, y: 0, ...stage }, role: 'grid' }] };
  }
  const perPage = tilesPerPage(stage, tiles.length);
  const ordered = gridOrder(tiles, perPage, options.spoke);
  const { boxes, first, page, pages } = gridLayout(stage, tiles.length, options.page);
  const elsewhere = ordered.findIndex(
    ({ source, participant }, index) =>
      source === 'camera' &&
      participant.isSpeaking &&
      !participant.isLocal &&
      Math.floor(index / perPage) !== page,
  );
  const speaking = ordered[elsewhere];
  return {
    ...NOTHING,
    tiles: place(ordered.slice(first), boxes, 'grid'),
    page,
    pages,
    speakingElsewhere: speaking && {
      name: speaking.participant.name,
      page: Math.floor(elsewhere / perPage),
    },
  };
}

function arrangeSpeaker(tiles: readonly TileModel[], stage: Size, options: ArrangeOptions): ArrangedTiles {
  const focus = focusedTile(tiles, options.pinned, options.speaker);
  if (focus === undefined) return NOTHING;
  const others = stripOrder(
    tiles.filter((tile) => tile !== focus),
    options.spoke,
  );
  const { focus: focusBox, strip, hidden } = speakerLayout(stage, others.length);
  const moreBox = hidden > 0 ? strip.at(-1) : undefined;
  const boxes = moreBox === undefined ? strip : strip.slice(0, -1);
  return {
    ...NOTHING,
    tiles: [{ tile: focus, box: focusBox, role: 'focus' }, ...place(others, boxes, 'strip')],
    more: moreBox === undefined ? undefined : { box: moreBox, count: hidden },
  };
}

function place(tiles: readonly TileModel[], boxes: readonly Box[], role: TileRole): PlacedTile[] {
  const placed: PlacedTile[] = [];
  for (const [index, box] of boxes.entries()) {
    const tile = tiles[index];
    if (tile !== undefined) placed.push({ tile, box, role });
  }
  return placed;
}
