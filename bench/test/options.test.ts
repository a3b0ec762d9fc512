import { expect, test } from 'vitest';
import { parseOptions } from '../src/options.js';

test('everything of calls is measured by default', () => {
  const { scenarios, servers, pin, json } = parseOptions([]);
  expect(scenarios.map(({ name }) => name)).toEqual([
    'video',
    'audio',
    'meeting',
    'joins',
    'first-media',
    'memory',
    'idle',
    'tap',
  ]);
  expect(servers).toEqual(['parley', 'livekit']);
  expect([pin, json]).toEqual([true, false]);
});

test('scenarios, servers and sizes may be chosen', () => {
  const { scenarios, servers, sizes, pin } = parseOptions([
    ...['--scenario', 'joins', '--scenario', 'audio', '--server', 'parley'],
    ...['--subscribers', '7', '--no-pin'],
  ]);
  expect(scenarios.map(({ name }) => name)).toEqual(['joins', 'audio']);
  expect(servers).toEqual(['parley']);
  expect(sizes.subscribers).toBe(7);
  expect(pin).toBe(false);
});

test('what cannot be meant is refused with a sentence', () => {
  expect(() => parseOptions(['--scenario', 'nothing'])).toThrow(
    '--scenario is "nothing", which there is not',
  );
  expect(() => parseOptions(['--seconds', '0'])).toThrow('a whole number from 1 to 600');
  expect(() => parseOptions(['--subscribers', 'many'])).toThrow('--subscribers is "many"');
});
