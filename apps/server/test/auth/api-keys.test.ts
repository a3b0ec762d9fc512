import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadApiKeys } from '../../src/auth/api-keys.js';
import { prepareDataFolder } from '../../src/data-folder.js';
import { SECRET, temporaryFolder, testConfig } from '../support.js';

function withoutKeys(folder: string) {
  return testConfig({ PARLEY_API_KEYS: '', PARLEY_DATA_DIR: folder });
}

describe('loadApiKeys', () => {
  test('takes the configured keys, the first as its own', () => {
    const config = testConfig({ PARLEY_API_KEYS: `one: ${SECRET}, two: ${SECRET}2` });
    const keys = loadApiKeys(config);
    expect(keys.own).toEqual({ key: 'one', secret: SECRET });
    expect([...keys.secrets.keys()]).toEqual(['one', 'two']);
    expect(keys.file).toBeUndefined();
  });

  test('without any, generates a pair that only its owner can read', () => {
    const folder = join(temporaryFolder(), 'new', 'data');
    const keys = loadApiKeys(withoutKeys(folder));
    const file = join(folder, 'keys.yaml');
    expect(keys.file).toBe(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readFileSync(file, 'utf8')).toBe(`${keys.own.key}: ${keys.own.secret}\n`);
  });

  test('keeps the pair over restarts', () => {
    const config = withoutKeys(temporaryFolder());
    expect(loadApiKeys(config)).toEqual(loadApiKeys(config));
  });

  test.each(['', 'just text', '- a', 'key:', '{'])('refuses a key file that holds %j', (content) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'keys.yaml'), content);
    expect(() => loadApiKeys(withoutKeys(folder))).toThrow(
      /^The key file .*keys\.yaml .*: delete it or mend it$/,
    );
  });
});

describe('prepareDataFolder', () => {
  test('says what to change when nothing can be written', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => {
      prepareDataFolder(join(file, 'data'));
    }).toThrow(
      `The data folder ${join(file, 'data')} cannot be written (ENOTDIR): change its permissions or set data_dir (PARLEY_DATA_DIR)`,
    );
  });

  test('says so, too, where the file system takes no folders', () => {
    expect(() => {
      prepareDataFolder('/proc/parley/data');
    }).toThrow(/^The data folder \/proc\/parley\/data cannot be written \(ENOENT\)/);
  });

  test('makes folders above it that are missing', () => {
    const folder = join(temporaryFolder(), 'above', 'data');
    prepareDataFolder(folder);
    prepareDataFolder(folder);
    expect(statSync(folder).isDirectory()).toBe(true);
  });
});
