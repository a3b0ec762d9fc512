import { describe, expect, it } from 'vitest';

/** The only sizes at which the page changes; see tokens.css. */
const WIDTHS = ['380px', '760px', '900px'];
const HEIGHTS = ['480px'];

/** These have a left and a right side, which a right-to-left language does not turn around. */
const PHYSICAL =
  /^\s*(?:(?:margin|padding|border)-(?:left|right)\b.*|(?:left|right)\s*:.*|text-align\s*:\s*(?:left|right).*|float\s*:\s*(?:left|right).*|border-(?:top|bottom)-(?:left|right)-radius\b.*)/gmu;

const sources = import.meta.glob<string>('../../src/**/*.css', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const stylesheets = Object.entries(sources).map(([path, text]) => ({
  name: path.replace('../../src/', ''),
  text: text.replaceAll(/\/\*[\s\S]*?\*\//gu, ''),
}));

/** Declarations with four values whose right and left differ. */
function lopsided(text: string): string[] {
  return [...text.matchAll(/(?:padding|margin|inset)\s*:\s*([^;]+);/gu)]
    .filter(([, value = '']) => {
      const sides = value
        .replaceAll(/\((?:[^()]|\([^()]*\))*\)/gu, (inside) => inside.replaceAll(' ', ''))
        .split(/\s+/u);
      return sides.length === 4 && sides[1] !== sides[3];
    })
    .map(([declaration]) => declaration);
}

it('finds the stylesheets', () => {
  expect(stylesheets.find(({ name }) => name === 'stage/tile.module.css')?.text).toContain('.tile');
});

describe.each(stylesheets)('$name', ({ text }) => {
  it('has no left and right, but a start and an end', () => {
    expect([...text.matchAll(PHYSICAL)].map(([line]) => line.trim())).toEqual([]);
    expect(lopsided(text)).toEqual([]);
  });

  it('takes layers from the tokens', () => {
    const literal = [...text.matchAll(/z-index\s*:(?!\s*var\(--layer-)[^;]+/gu)].map(([line]) => line);
    expect(literal).toEqual([]);
  });

  it('changes at the sizes that the page knows', () => {
    for (const [, dimension, size = ''] of text.matchAll(
      /@(?:media|container call)[^{]*\((?:max|min)-(width|height):\s*([^)]+)\)/gu,
    )) {
      expect(dimension === 'width' ? WIDTHS : HEIGHTS).toContain(size);
    }
  });
});
