/** Where each tile of the stage goes. All lengths are CSS pixels; positions are relative to the stage. */

export interface Size {
  width: number;
  height: number;
}

export interface Box extends Size {
  x: number;
  y: number;
}

export interface GridLayout {
  /** One box per tile of the page, in order. */
  boxes: Box[];
  /** Index of the first tile on this page. */
  first: number;
  page: number;
  pages: number;
}

export interface SpeakerLayout {
  focus: Box;
  /** Boxes of the strip beside or below the focus, in order; tiles beyond them do not fit. */
  strip: Box[];
  /** How many tiles did not fit. Not zero: the last box of the strip is for saying so. */
  hidden: number;
}

/** Most tiles on a page, whatever the space: more moving pictures than this help nobody. */
const MAX_TILES = 25;
const GAP = 10;
const WIDEST = 16 / 9;
const NARROW_STAGE = 640;

/** A grid of equal tiles, as large as they can be, the last row centred. */
export function gridLayout(stage: Size, count: number, wantedPage = 0): GridLayout {
  const perPage = tilesPerPage(stage, count);
  const pages = Math.max(1, Math.ceil(count / perPage));
  const page = Math.min(Math.max(0, wantedPage), pages - 1);
  const first = page * perPage;
  const shown = Math.min(perPage, count - first);
  // Every page uses the tile size of a full one, so that tiles do not jump between pages.
  const { columns, tile } = bestGrid(stage, pages > 1 ? perPage : shown);
  return { boxes: placeRows(stage, shown, columns, tile), first, page, pages };
}

/** One large tile and a strip of small ones: to the right on a wide stage, below on a tall one. */
export function speakerLayout(stage: Size, others: number): SpeakerLayout {
  if (others === 0) return { focus: { x: 0, y: 0, ...stage }, strip: [], hidden: 0 };
  const beside = stage.width >= NARROW_STAGE && stage.width > stage.height * 1.1;
  const tile = beside ? stripTileBeside(stage) : stripTileBelow(stage);
  const along = beside ? stage.height : stage.width;
  const step = (beside ? tile.height : tile.width) + GAP;
  const capacity = Math.max(1, Math.floor((along + GAP) / step));
  const shown = Math.min(others, capacity);
  const start = Math.max(0, (along - (shown * step - GAP)) / 2);
  const strip: Box[] = [];
  for (let i = 0; i < shown; i++) {
    const offset = start + i * step;
    strip.push(
      beside
        ? { x: stage.width - tile.width, y: offset, ...tile }
        : { x: offset, y: stage.height - tile.height, ...tile },
    );
  }
  const focus = beside
    ? { x: 0, y: 0, width: stage.width - tile.width - GAP, height: stage.height }
    : { x: 0, y: 0, width: stage.width, height: Math.max(0, stage.height - tile.height - GAP) };
  // The box that says "and 3 others" costs one tile its place.
  const hidden = others > shown ? others - shown + 1 : 0;
  return { focus, strip, hidden };
}

/** Two people on a phone: the other fills the stage, oneself floats in a corner. */
export function pairLayout(stage: Size): { other: Box; self: Box } {
  const width = Math.round(Math.min(stage.width * 0.3, 140));
  const height = Math.round((width * 4) / 3);
  const inset = 12;
  return {
    other: { x: 0, y: 0, ...stage },
    self: { x: stage.width - width - inset, y: stage.height - height - inset, width, height },
  };
}

/** Whether two people are shown as a pair rather than as a grid. */
export function isNarrow(stage: Size): boolean {
  return stage.width < NARROW_STAGE && stage.height > stage.width;
}

function tilesPerPage(stage: Size, count: number): number {
  const smallest = stage.width < NARROW_STAGE ? 130 : 200;
  for (let n = Math.min(count, MAX_TILES); n > 1; n--) {
    if (bestGrid(stage, n).tile.width >= smallest) return n;
  }
  return 1;
}

function bestGrid(stage: Size, count: number): { columns: number; tile: Size } {
  const narrowest = stage.width >= stage.height ? 4 / 3 : 3 / 4;
  let best = { columns: 1, tile: { width: 0, height: 0 } };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const cellWidth = (stage.width - GAP * (columns - 1)) / columns;
    const cellHeight = (stage.height - GAP * (rows - 1)) / rows;
    const tile = fit(cellWidth, cellHeight, narrowest);
    if (tile.width * tile.height > best.tile.width * best.tile.height) best = { columns, tile };
  }
  return best;
}

/** The largest box within a cell whose width to height lies between `narrowest` and 16:9. */
function fit(cellWidth: number, cellHeight: number, narrowest: number): Size {
  if (cellWidth <= 0 || cellHeight <= 0) return { width: 0, height: 0 };
  const height = Math.min(cellHeight, cellWidth / narrowest);
  return { width: Math.floor(Math.min(cellWidth, height * WIDEST)), height: Math.floor(height) };
}

function placeRows(stage: Size, count: number, columns: number, tile: Size): Box[] {
  const rows = Math.ceil(count / columns);
  const top = (stage.height - rows * tile.height - (rows - 1) * GAP) / 2;
  const boxes: Box[] = [];
  for (let i = 0; i < count; i++) {
    const row = Math.floor(i / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = (stage.width - inRow * tile.width - (inRow - 1) * GAP) / 2;
    boxes.push({
      x: Math.round(left + (i - row * columns) * (tile.width + GAP)),
      y: Math.round(top + row * (tile.height + GAP)),
      ...tile,
    });
  }
  return boxes;
}

function stripTileBeside(stage: Size): Size {
  const width = Math.round(Math.min(260, Math.max(140, stage.width * 0.16)));
  return { width, height: Math.round(width / WIDEST) };
}

function stripTileBelow(stage: Size): Size {
  if (stage.width < NARROW_STAGE) {
    const width = Math.floor((stage.width - 3 * GAP) / 4);
    return { width, height: Math.round(width * 1.15) };
  }
  const height = Math.round(Math.min(150, Math.max(84, stage.height * 0.18)));
  return { width: Math.round(height * WIDEST), height };
}
