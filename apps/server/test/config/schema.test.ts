import { describe, expect, test } from 'vitest';
import { masked } from '../../src/config/mask.js';
import { configSchema, guestsAllowed, listensOnLoopback } from '../../src/config/schema.js';
import { SECRET, testConfig } from '../support.js';

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

describe('what may be shown of the configuration', () => {
  test('is all but the secrets', () => {
    const config = testConfig();
    const shown = masked(configSchema, config);
    expect(shown).toEqual({ ...config, keys: { key: '********' } });
  });

  test('hides the secrets of ICE servers', () => {
    const urls = ['turn:turn.example.org'];
    const config = testConfig({
      PARLEY_ICE_SERVERS: JSON.stringify([
        { urls, username: 'parley', credential: SECRET },
        { urls, secret: SECRET },
      ]),
    });
    expect(masked(configSchema, config)).toMatchObject({
      ice_servers: [
        { urls, username: 'parley', credential: '********', ttl: 86_400 },
        { urls, secret: '********', ttl: 86_400 },
      ],
    });
  });
});
