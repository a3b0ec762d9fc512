import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  gridLayout,
  isNarrow,
  pairLayout,
  speakerLayout,
  type Box,
  type Size,
} from '../../src/stage/stage-layout.js';

const DESKTOP = { width: 1248, height: 650 };
const PHONE = { width: 374, height: 660 };

const stages = fc.record({
  width: fc.integer({ min: 280, max: 2600 }),
  height: fc.integer({ min: 200, max: 1500 }),
});

function expectInside(stage: Size, boxes: readonly Box[]): void {
  for (const box of boxes) {
    expect(box.x).toBeGreaterThanOrEqual(-1);
    expect(box.y).toBeGreaterThanOrEqual(-1);
    expect(box.x + box.width).toBeLessThanOrEqual(stage.width + 1);
    expect(box.y + box.height).toBeLessThanOrEqual(stage.height + 1);
  }
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('gridLayout', () => {
  it('keeps tiles inside the stage and apart from each other', () => {
    fc.assert(
      fc.property(
        stages,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 9 }),
        (stage, count, page) => {
          const { boxes } = gridLayout(stage, count, page);
          expectInside(stage, boxes);
          boxes.forEach((box, i) => {
            for (const other of boxes.slice(i + 1)) expect(overlap(box, other)).toBe(false);
          });
        },
      ),
      { seed: 7 },
    );
  });

  it('shows every tile on exactly one page', () => {
    fc.assert(
      fc.property(stages, fc.integer({ min: 1, max: 120 }), (stage, count) => {
        let shown = 0;
        const { pages } = gridLayout(stage, count, 0);
        for (let page = 0; page < pages; page++) {
          const layout = gridLayout(stage, count, page);
          expect(layout.first).toBe(shown);
          expect(layout.boxes.length).toBeGreaterThan(0);
          shown += layout.boxes.length;
        }
        expect(shown).toBe(count);
      }),
      { seed: 7 },
    );
  });

  it('cuts no camera to an upright tile on a tablet', () => {
    for (const box of gridLayout({ width: 788, height: 1030 }, 6).boxes) {
      expect(box.width / box.height).toBeGreaterThan(1.3);
    }
  });

  it('puts two people side by side on a wide stage and one above the other on a tall one', () => {
    const [a, b] = gridLayout(DESKTOP, 2).boxes;
    expect(a?.y).toBe(b?.y);
    const [c, d] = gridLayout(PHONE, 2).boxes;
    expect(c?.x).toBe(d?.x);
  });

  it('centres an incomplete last row', () => {
    const { boxes } = gridLayout(DESKTOP, 5);
    const last = boxes.slice(-2);
    const left = last[0]?.x ?? 0;
    const right = DESKTOP.width - ((last[1]?.x ?? 0) + (last[1]?.width ?? 0));
    expect(Math.abs(left - right)).toBeLessThanOrEqual(2);
  });

  it('turns to the last page when the wanted one is gone', () => {
    const { page, pages } = gridLayout(PHONE, 30, 99);
    expect(pages).toBeGreaterThan(1);
    expect(page).toBe(pages - 1);
  });

  it('never makes tiles on a page too small to know a face', () => {
    for (const box of gridLayout(PHONE, 50).boxes) expect(box.width).toBeGreaterThanOrEqual(130);
    for (const box of gridLayout(DESKTOP, 50).boxes) expect(box.width).toBeGreaterThanOrEqual(200);
  });
});

describe('speakerLayout', () => {
  it('gives everything to the focus when nobody else is there', () => {
    expect(speakerLayout(DESKTOP, 0)).toEqual({ focus: { x: 0, y: 0, ...DESKTOP }, strip: [], hidden: 0 });
  });

  it('keeps the strip inside the stage and off the focus', () => {
    fc.assert(
      fc.property(stages, fc.integer({ min: 1, max: 60 }), (stage, others) => {
        const { focus, strip } = speakerLayout(stage, others);
        expectInside(stage, [focus, ...strip]);
        for (const box of strip) expect(overlap(box, focus)).toBe(false);
      }),
      { seed: 7 },
    );
  });

  it('accounts for everybody: shown or counted as hidden', () => {
    fc.assert(
      fc.property(stages, fc.integer({ min: 0, max: 60 }), (stage, others) => {
        const { strip, hidden } = speakerLayout(stage, others);
        expect(hidden === 0 ? strip.length : strip.length - 1 + hidden).toBe(others);
        expect(hidden).not.toBe(1);
      }),
      { seed: 7 },
    );
  });

  it.each([
    ['a small window at 200 %', { width: 624, height: 250 }, 0.6],
    ['a phone held sideways', { width: 828, height: 240 }, 0.45],
    ['a phone', PHONE, 0.3],
    ['a tablet', { width: 788, height: 1030 }, 0.4],
    ['a desktop', DESKTOP, 0.6],
  ])('leaves most of the space that a shared screen can use to it: %s', (_, stage, least) => {
    const { focus } = speakerLayout(stage, 9);
    const width = Math.min(focus.width, (focus.height * 16) / 9);
    expect((width * width * 9) / 16 / (stage.width * stage.height)).toBeGreaterThan(least);
  });

  it('takes at most a quarter of the height for a strip below, and of the width for one beside', () => {
    fc.assert(
      fc.property(stages, fc.integer({ min: 1, max: 60 }), (stage, others) => {
        const { focus } = speakerLayout(stage, others);
        if (focus.width === stage.width)
          expect(focus.height).toBeGreaterThanOrEqual(stage.height * 0.75 - 11);
        else expect(focus.width).toBeGreaterThanOrEqual(stage.width * 0.75 - 11);
      }),
      { seed: 7 },
    );
  });

  it('shows more than two of ten people on a tablet', () => {
    expect(speakerLayout({ width: 788, height: 1030 }, 10).strip.length).toBeGreaterThanOrEqual(8);
  });

  it('puts the strip to the right on a wide stage and below on a tall one', () => {
    const wide = speakerLayout(DESKTOP, 2);
    expect(wide.strip[0]?.x).toBeGreaterThan(wide.focus.width);
    const tall = speakerLayout(PHONE, 2);
    expect(tall.strip[0]?.y).toBeGreaterThan(tall.focus.height);
  });
});

describe('pairLayout', () => {
  it('floats oneself inside the other picture', () => {
    const { other, self } = pairLayout(PHONE);
    expect(other).toEqual({ x: 0, y: 0, ...PHONE });
    expectInside(PHONE, [self]);
  });

  it('is for phones held upright', () => {
    expect(isNarrow(PHONE)).toBe(true);
    expect(isNarrow(DESKTOP)).toBe(false);
    expect(isNarrow({ width: 600, height: 300 })).toBe(false);
  });
});
