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

/**
 * One large tile and a strip of small ones, beside it or below: whichever leaves more of the stage to a wide picture.
 * A strip below takes at most a quarter of the height, one beside at most a quarter of the width.
 */
export function speakerLayout(stage: Size, others: number): SpeakerLayout {
  if (others === 0) return { focus: { x: 0, y: 0, ...stage }, strip: [], hidden: 0 };
  const beside = stripBeside(stage, others);
  const below = stripBelow(stage, others);
  return wideArea(beside.focus) >= wideArea(below.focus) ? beside : below;
}

/** Two people: the other is large, oneself floats in a corner. */
export function pairLayout(stage: Size): { other: Box; self: Box } {
  const inset = 12;
  const narrow = isNarrow(stage);
  const width = Math.round(narrow ? Math.min(stage.width * 0.3, 140) : clamp(stage.width * 0.18, 120, 240));
  const height = Math.round(narrow ? (width * 4) / 3 : width / WIDEST);
  const size = narrow ? stage : fit(stage.width, stage.height, 4 / 3, 2.1);
  return {
    other: {
      x: Math.round((stage.width - size.width) / 2),
      y: Math.round((stage.height - size.height) / 2),
      width: size.width,
      height: size.height,
    },
    self: { x: stage.width - width - inset, y: stage.height - height - inset, width, height },
  };
}

/** Whether the stage is that of a phone held upright. */
export function isNarrow(stage: Size): boolean {
  return stage.width < NARROW_STAGE && stage.height > stage.width;
}

/** How many tiles a page of the grid has room for. */
export function tilesPerPage(stage: Size, count: number): number {
  const smallest = stage.width < NARROW_STAGE ? 130 : 200;
  for (let n = Math.min(count, MAX_TILES); n > 1; n--) {
    if (bestGrid(stage, n).tile.width >= smallest) return n;
  }
  return 1;
}

function bestGrid(stage: Size, count: number): { columns: number; tile: Size } {
  // Upright tiles are for phones, whose cameras are upright too: elsewhere they would cut half of every picture.
  const narrowest = isNarrow(stage) ? 3 / 4 : 4 / 3;
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

/** The largest box within a cell whose width to height lies between `narrowest` and `widest`. */
function fit(cellWidth: number, cellHeight: number, narrowest: number, widest = WIDEST): Size {
  if (cellWidth <= 0 || cellHeight <= 0) return { width: 0, height: 0 };
  const height = Math.min(cellHeight, cellWidth / narrowest);
  return { width: Math.floor(Math.min(cellWidth, height * widest)), height: Math.floor(height) };
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

function stripBeside(stage: Size, others: number): SpeakerLayout {
  // Narrow enough for four of them on top of each other, where faces stay large enough to know.
  const fourth = ((stage.height - 3 * GAP) / 4) * WIDEST;
  const width = Math.round(Math.min(clamp(fourth, 96, stage.width * 0.16), 260, stage.width / 4));
  const height = Math.round(width / WIDEST);
  const capacity = Math.max(1, Math.floor((stage.height + GAP) / (height + GAP)));
  const shown = Math.min(others, capacity);
  const top = Math.max(0, Math.round((stage.height - shown * (height + GAP) + GAP) / 2));
  const strip = Array.from({ length: shown }, (_, i) => ({
    x: stage.width - width,
    y: top + i * (height + GAP),
    width,
    height: Math.min(height, stage.height),
  }));
  const focus = { x: 0, y: 0, width: stage.width - width - GAP, height: stage.height };
  return { focus, strip, hidden: hiddenOf(others, shown) };
}

function stripBelow(stage: Size, others: number): SpeakerLayout {
  const quarter = Math.floor(stage.height / 4);
  const narrow = stage.width < NARROW_STAGE;
  const ratio = narrow ? 1 : WIDEST;
  const perRow = Math.max(1, Math.floor((stage.width + GAP) / ((narrow ? 84 : 170) + GAP)));
  const columns = Math.min(others, perRow);
  const widest = Math.floor((stage.width - (perRow - 1) * GAP) / perRow);
  const rows = clamp(Math.floor((quarter + GAP) / (widest / ratio + GAP)), 1, Math.ceil(others / perRow));
  // Fewer than a row holds may be larger, as long as they stay within the quarter.
  const room = Math.floor((stage.width - (columns - 1) * GAP) / columns);
  const height = Math.min(
    Math.floor((quarter - (rows - 1) * GAP) / rows),
    Math.floor((rows === 1 ? Math.min(room, widest * 1.4) : widest) / ratio),
  );
  const tile = { width: Math.min(Math.round(height * ratio), room), height };
  const shown = Math.min(others, rows * perRow);
  const used = Math.ceil(shown / columns);
  const top = stage.height - used * (height + GAP) + GAP;
  const strip = Array.from({ length: shown }, (_, i) => {
    const row = Math.floor(i / columns);
    const inRow = Math.min(columns, shown - row * columns);
    const start = (stage.width - inRow * (tile.width + GAP) + GAP) / 2;
    return {
      x: Math.round(start + (i % columns) * (tile.width + GAP)),
      y: top + row * (height + GAP),
      ...tile,
    };
  });
  const focus = { x: 0, y: 0, width: stage.width, height: Math.max(0, top - GAP) };
  return { focus, strip, hidden: hiddenOf(others, shown) };
}

/** The box that says "and 3 others" costs one tile its place. */
function hiddenOf(others: number, shown: number): number {
  return others > shown ? others - shown + 1 : 0;
}

/** How large a picture of 16:9 is in that box. */
function wideArea({ width, height }: Size): number {
  const size = fit(width, height, WIDEST);
  return size.width * size.height;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
