import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { loadApiKeys } from '../src/auth/api-keys.js';
import { loadConfig } from '../src/config/load.js';
import { configSettings } from '../src/config/schema.js';
import { valueAt } from '../src/config/tree.js';
import { ParleyServer } from '../src/server.js';
import { FakeWorker, silent, temporaryFolder, testConfig, webRoot } from './support.js';

interface Limit {
  path: string;
  environment: string;
  least: number;
  most: number;
}

/** Every setting that is a number: limits, times and ports. */
const limits = configSettings.flatMap(({ path, environment, schema }): Limit[] =>
  schema instanceof z.ZodNumber
    ? [{ path, environment, least: schema.minValue ?? NaN, most: schema.maxValue ?? NaN }]
    : [],
);
/** The longest that a timer can be set for, in milliseconds: one that is set for longer fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A file in which this setting alone has a value, which it says as it stands there. */
function fileWith(path: string, value: unknown): string {
  const [name = '', ...sections] = path.split('.').reverse();
  const tree = sections.reduce((inside: object, section) => ({ [section]: inside }), { [name]: value });
  const file = join(temporaryFolder(), 'parley.yaml');
  writeFileSync(file, stringify(tree));
  return file;
}

function mistakesIn(load: () => unknown): string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof Error) return error.message.split('\n').slice(1);
  }
  return [];
}

describe.each(limits)('$path', ({ path, environment, least, most }) => {
  test('takes its least and its greatest value, from the file and from the environment', () => {
    for (const value of [least, most]) {
      const given = [
        loadConfig({}, fileWith(path, value)),
        loadConfig({ [environment]: String(value) }, fileWith('log.level', 'info')),
      ];
      for (const { config } of given) expect(valueAt(config, path.split('.'))).toBe(value);
    }
  });

  test('refuses what is beyond, and what is no number, with one sentence that names it', () => {
    const sentence = (source: string, value: string) =>
      `- ${path} (${source}) is ${value}: write a whole number from ${least} to ${most}`;
    for (const value of [least - 1, most + 1, least + 0.5, Infinity, -Infinity, NaN, null, 'many', [least]]) {
      const options = { collectionStyle: 'flow', defaultStringType: 'QUOTE_DOUBLE' } as const;
      expect(mistakesIn(() => loadConfig({}, fileWith(path, value)))).toEqual([
        sentence('in the file', stringify(value, options).trimEnd()),
      ]);
    }
    for (const [text, value] of [
      [String(least - 1), String(least - 1)],
      [String(most + 1), String(most + 1)],
      ['', '""'],
      ['1e1', '"1e1"'],
      ['0x1', '"0x1"'],
      ['Infinity', '"Infinity"'],
    ] as const) {
      const load = () => loadConfig({ [environment]: text }, fileWith('log.level', 'info'));
      expect(mistakesIn(load)).toEqual([sentence(environment, value)]);
    }
  });
});

test('no time that can be set is longer than a timer can wait, with the five seconds after it', () => {
  const times = limits.filter(({ path }) => path.endsWith('_seconds'));
  expect(times.length).toBeGreaterThan(0);
  for (const { most } of times) expect(most * 1_000 + 5_000).toBeLessThan(LONGEST_TIMER);
});

/** The address of a server whose media thread answers whatever it is asked. */
async function serve(environment: Record<string, string>): Promise<string> {
  const config = testConfig({ PARLEY_HTTP_PORT: '0', PARLEY_SHUTDOWN_GRACE_SECONDS: '0', ...environment });
  const worker = new FakeWorker();
  worker.onPost = (message) => {
    queueMicrotask(() => {
      const payload = { status: 200, text: 'success', names: [], total: 0 };
      if (message.type === 'ask')
        worker.say({ type: 'answer', id: message.id, answer: { type: 'front', payload } });
      if (message.type === 'shutdown') worker.exit(0);
    });
  };
  const server = new ParleyServer({
    config,
    keys: loadApiKeys(config),
    log: silent,
    webRoot: webRoot(),
    spawnMedia: () => {
      queueMicrotask(() => {
        worker.getReady(8443);
      });
      return worker;
    },
  });
  onTestFinished(() => server.close());
  return (await server.start()) ?? '';
}

/** More than any of these limits allows by default. */
const MANY = 700;
const asking: readonly (readonly [
  variable: string,
  most: string,
  ask: (address: string) => Promise<Response>,
])[] = [
  [
    'PARLEY_LIMITS_GUEST_TOKENS_PER_MINUTE',
    '1000000',
    (address) =>
      fetch(`${address}/api/guest-token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ room: 'lobby', name: 'Ada' }),
      }),
  ],
  [
    'PARLEY_LIMITS_ROOM_QUESTIONS_PER_MINUTE',
    '1000000',
    (address) => fetch(`${address}/api/rooms/lobby/people`),
  ],
  ['PARLEY_LIMITS_JOINS_PER_SECOND', '100000', (address) => fetch(`${address}/rtc/validate`)],
];

/** The statuses of so many answers, one request after the other. */
async function statuses(count: number, ask: () => Promise<Response>): Promise<number[]> {
  const all: number[] = [];
  for (let index = 0; index < count; index++) {
    const response = await ask();
    await response.text();
    all.push(response.status);
  }
  return all;
}

describe('what one address may ask', () => {
  test.each(asking)('is one at the least of %s, and two joins', async (variable, _most, ask) => {
    const address = await serve({ [variable]: '1' });
    const began = performance.now();
    const answers = await statuses(20, () => ask(address));
    const seconds = (performance.now() - began) / 1_000;
    const first = variable.endsWith('_PER_SECOND') ? 2 : 1;
    expect(answers.slice(0, first)).toEqual(Array(first).fill(200));
    // On a slow machine further ones become possible meanwhile.
    expect(answers.filter((status) => status === 200).length).toBeLessThanOrEqual(first + Math.ceil(seconds));
    expect(answers).toContain(429);
  });

  test.each(asking)(
    'is as much as it has the time for at the greatest of %s',
    async (variable, most, ask) => {
      const address = await serve({ [variable]: most });
      expect(new Set(await statuses(MANY, () => ask(address)))).toEqual(new Set([200]));
    },
  );
});
