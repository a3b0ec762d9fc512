import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fromVariable, integer, list, secret, section, text } from '@parley/core/config';
import { readConfig } from '../../src/config/load.js';
import { masked } from '../../src/config/mask.js';
import { settingsOf } from '../../src/config/settings-of.js';
import { temporaryFolder } from '../support.js';

/** What a package that nobody here knows might declare. */
const root = z.strictObject({
  phone: section({
    trunk: section({
      host: text('a host name').default('sip.example'),
      login: section({
        user: text('a user name').optional(),
        password: secret(text('a password')).optional(),
      }).prefault({}),
      pins: z.record(z.string(), secret(text('a PIN'))).default({}),
      retries: integer(0, 9).default(3),
    }).prefault({}),
    numbers: list((item) => item.startsWith('+'), 'a list of numbers that begin with +').default([]),
    prices: z.record(z.string(), z.number()).default({}),
  }).prefault({}),
  names: fromVariable('PARLEY_ALIASES', z.record(z.string(), z.string())).default({}),
});

function file(content: string): string {
  const path = join(temporaryFolder(), 'parley.yaml');
  writeFileSync(path, content);
  return path;
}

function read(environment: Record<string, string>, content = '') {
  return readConfig(root, environment, file(content)).config;
}

function problems(environment: Record<string, string>, content = ''): string[] {
  try {
    read(environment, content);
  } catch (error) {
    if (error instanceof Error) return error.message.split('\n').slice(1);
  }
  return [];
}

describe('sections of any depth', () => {
  test('have the defaults that they declare', () => {
    expect(read({})).toEqual({
      phone: {
        trunk: { host: 'sip.example', login: {}, pins: {}, retries: 3 },
        numbers: [],
        prices: {},
      },
      names: {},
    });
  });

  test('are read from the file and from variables named after their paths', () => {
    const environment = {
      PARLEY_PHONE_TRUNK_LOGIN_USER: 'ada',
      PARLEY_PHONE_TRUNK_RETRIES: '5',
      PARLEY_PHONE_NUMBERS: '+1, +2',
    };
    expect(read(environment, 'phone: { trunk: { host: a.example, login: } }').phone).toMatchObject({
      trunk: { host: 'a.example', login: { user: 'ada' }, retries: 5 },
      numbers: ['+1', '+2'],
    });
  });

  test('a record has a variable of its own, after its path or as it says, whatever others there are', () => {
    const environment = {
      PARLEY_PHONE_TRUNK_PINS: 'front: 12, back: 34',
      PARLEY_PHONE_PRICES: '{"+1": 2}',
      PARLEY_ALIASES: 'a: b',
    };
    expect(read(environment)).toMatchObject({
      phone: { trunk: { pins: { front: '12', back: '34' } }, prices: { '+1': 2 } },
      names: { a: 'b' },
    });
    expect(problems({ PARLEY_API_KEYS: 'a: b' })).toEqual([
      '- PARLEY_API_KEYS is not a known environment variable; did you mean PARLEY_ALIASES?',
    ]);
  });

  test('mistakes in them are told by their whole names, secrets without what was given', () => {
    expect(
      problems(
        { PARLEY_PHONE_TRUNK_RETRIES: '10', PARLEY_PHONE_TRUNK_PINS: 'front' },
        'phone: { trunk: { login: { password: 1234, usr: a }, host: 5 } }',
      ),
    ).toEqual([
      '- phone.trunk.host (in the file) is 5: write a host name',
      '- phone.trunk.login.password (in the file): write a password',
      '- phone.trunk.login.usr is not a known key; did you mean phone.trunk.login.user?',
      '- phone.trunk.retries (PARLEY_PHONE_TRUNK_RETRIES) is 10: write a whole number from 0 to 9',
      '- PARLEY_PHONE_TRUNK_PINS: pair 1 is not of the form "key: secret"',
    ]);
  });

  test('what stands in place of a section with secrets is not repeated', () => {
    expect(problems({}, 'phone: { trunk: { login: hunter2 } }')).toEqual([
      '- phone.trunk.login (in the file): write keys and values, indented below it',
    ]);
  });

  test('what is marked as secret in them is not shown, and all else is', () => {
    const config = read(
      { PARLEY_PHONE_TRUNK_PINS: 'front: 12' },
      'phone: { trunk: { login: { user: ada, password: hunter2 } } }',
    );
    expect(masked(root, config)).toEqual({
      phone: {
        trunk: {
          host: 'sip.example',
          login: { user: 'ada', password: '********' },
          pins: { front: '********' },
          retries: 3,
        },
        numbers: [],
        prices: {},
      },
      names: {},
    });
  });
});

test('two settings that would be read from one variable are refused when they are declared', () => {
  const a = section({ b_c: text('a').optional() });
  const b = section({ c: text('a').optional() });
  expect(() => settingsOf(z.strictObject({ a, a_b: b }))).toThrow(
    'a_b.c needs a variable of its own, not PARLEY_A_B_C',
  );
  expect(() => settingsOf(z.strictObject({ config: text('a') }))).toThrow(/not PARLEY_CONFIG/);
});
