import { expect, it } from 'vitest';

const stylesheets = import.meta.glob<string>('../../src/**/*.module.css', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const sources = import.meta.glob<string>('../../src/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const IMPORT = /import (\w+) from '([^']+\.module\.css)'/gu;

/** Where a path leads from a file; both relative to this one. */
function resolved(file: string, path: string): string {
  return new URL(path, new URL(file, 'http://host/a/b/c/')).pathname;
}

const known = new Map(Object.entries(stylesheets).map(([file, text]) => [resolved('', file), text]));

/** Classes that a source asks a stylesheet for, which has none of that name. */
function missingIn(file: string, source: string): string[] {
  return [...source.matchAll(IMPORT)].flatMap(([, name = '', path = '']) => {
    const text = known.get(resolved(file, path)) ?? '';
    const code = source.replaceAll(/'[^'\n]*'/gu, '');
    const used = new Set(
      Array.from(code.matchAll(new RegExp(`(?<![.\\w])${name}\\.(\\w+)`, 'gu')), ([, of]) => of ?? ''),
    );
    return [...used]
      .filter((of) => !new RegExp(`\\.${of}(?![\\w-])`, 'u').test(text))
      .map((of) => `${file.replace('../../src/', '')}: ${path} has no .${of}`);
  });
}

it('finds a class that no stylesheet has', () => {
  const source = "import styles from './tile.module.css';\nstyles.tile; styles.nothing";
  expect(missingIn('../../src/stage/x.tsx', source)).toEqual([
    'stage/x.tsx: ./tile.module.css has no .nothing',
  ]);
});

it('every class that is used is there', () => {
  expect(Object.entries(sources).flatMap(([file, source]) => missingIn(file, source))).toEqual([]);
});
