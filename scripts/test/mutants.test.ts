import { expect, test } from 'vitest';
import { applyMutant, mutantsOf } from '../mutation/mutants.mjs';
import { sample } from '../mutation/sample.mjs';

function variants(text: string): string[] {
  return mutantsOf(text).map((mutant) => applyMutant(text, mutant));
}

test('conditions always or never hold, and their operators are swapped', () => {
  expect(variants('if (a < b) c;')).toEqual([
    'if (true) c;',
    'if (false) c;',
    'if (a <= b) c;',
    'if (a < b) ;',
  ]);
});

test('statements are left out, negations and flags inverted', () => {
  expect(variants('call();\nconst on = !off;\nconst yes = true;')).toEqual([
    ';\nconst on = !off;\nconst yes = true;',
    'call();\nconst on = (off);\nconst yes = true;',
    'call();\nconst on = !off;\nconst yes = false;',
  ]);
});

test('types, imports and calls of a base constructor stay as they are', () => {
  expect(variants("import { a } from 'b';\ninterface C { d: true }\ntype E = false;")).toEqual([]);
  expect(variants('class A extends B { constructor() { super(); } }')).toEqual([]);
});

test('what is drawn is the same for the same seed, in its own order', () => {
  const items = Array.from({ length: 1000 }, (_, index) => index);
  const drawn = sample(items, 50, 7);
  expect(drawn).toHaveLength(50);
  expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
  expect(sample(items, 50, 7)).toEqual(drawn);
  expect(sample(items, 50, 8)).not.toEqual(drawn);
  expect(sample(items, 0, 7)).toEqual(items);
});
