import { describe, expect, test } from 'vitest';
import { maskConfig } from '../../src/config/mask.js';
import { configKeys, guestsAllowed, listensOnLoopback } from '../../src/config/schema.js';
import { SECRET, testConfig } from '../support.js';

describe('configKeys', () => {
  test('names every key, its variable and how it is read', () => {
    expect(configKeys).toContainEqual({ path: 'http.port', environment: 'PARLEY_HTTP_PORT', kind: 'number' });
    expect(configKeys).toContainEqual({ path: 'media.bind', environment: 'PARLEY_MEDIA_BIND', kind: 'list' });
    expect(configKeys).toContainEqual({ path: 'data_dir', environment: 'PARLEY_DATA_DIR', kind: 'text' });
    expect(configKeys).toContainEqual({ path: 'log.format', environment: 'PARLEY_LOG_FORMAT', kind: 'text' });
    expect(configKeys).toContainEqual({
      path: 'ice_servers',
      environment: 'PARLEY_ICE_SERVERS',
      kind: 'json',
    });
    expect(configKeys).toContainEqual({ path: 'keys', environment: 'PARLEY_API_KEYS', kind: 'pairs' });
  });
});

describe('guests', () => {
  test.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.0.2.1', false],
    ['127.example.org', false],
  ])('with guests: auto, a server on %s lets them in: %s', (host, allowed) => {
    const config = testConfig({ PARLEY_HTTP_HOST: host });
    expect(listensOnLoopback(config)).toBe(allowed);
    expect(guestsAllowed(config)).toBe(allowed);
  });

  test('on and off say so regardless of the address', () => {
    expect(guestsAllowed(testConfig({ PARLEY_HTTP_HOST: '0.0.0.0', PARLEY_GUESTS: 'on' }))).toBe(true);
    expect(guestsAllowed(testConfig({ PARLEY_GUESTS: 'off' }))).toBe(false);
  });
});

describe('maskConfig', () => {
  test('hides every secret and nothing else', () => {
    const config = testConfig();
    const masked = maskConfig(config);
    expect(masked.keys).toEqual({ key: '********' });
    expect(JSON.stringify(masked)).not.toContain(SECRET);
    expect(masked.http).toEqual(config.http);
  });

  test('hides the secrets of ICE servers', () => {
    const urls = ['turn:turn.example.org'];
    const config = testConfig({
      PARLEY_ICE_SERVERS: JSON.stringify([
        { urls, username: 'parley', credential: SECRET },
        { urls, secret: SECRET },
      ]),
    });
    expect(maskConfig(config).ice_servers).toEqual([
      { urls, username: 'parley', credential: '********', ttl: 86_400 },
      { urls, secret: '********', ttl: 86_400 },
    ]);
  });
});
