import { describe, expect, test } from 'vitest';
import { iceServers } from '../src/ice-servers.js';
import { Harness, WALL } from './support/harness.js';

const TURN = ['turn:turn.example.org:3478?transport=udp'];

describe('iceServers', () => {
  test('passes on what is the same for all', () => {
    const servers = [
      { urls: ['stun:stun.example.org'], ttl: 60 },
      { urls: TURN, username: 'parley', credential: 'password', ttl: 60 },
    ];
    expect(iceServers(servers, 'PA_1', WALL)).toEqual([
      expect.objectContaining({ urls: ['stun:stun.example.org'], username: '', credential: '' }),
      expect.objectContaining({ urls: TURN, username: 'parley', credential: 'password' }),
    ]);
  });

  test('makes credentials that expire, which a TURN server with the same secret takes', () => {
    const [server] = iceServers([{ urls: TURN, secret: 'north', ttl: 3600 }], 'PA_1', 1_700_000_000_999);
    expect(server?.username).toBe('1700003600:PA_1');
    // printf 1700003600:PA_1 | openssl dgst -sha1 -hmac north -binary | base64
    expect(server?.credential).toBe('yuzthm71VtVn1yeF250w4pJ16B4=');
  });
});

test.each([60, 604_800])('credentials for %i s are good for as long', (ttl) => {
  const [server] = iceServers([{ urls: TURN, secret: 'north', ttl }], 'PA_1', 1_700_000_000_000);
  expect(server?.username).toBe(`${1_700_000_000 + ttl}:PA_1`);
});

describe.each(['v0', 'v1'] as const)('a client of %s', (version) => {
  test('is told the ICE servers when it joins, and with credentials of then when it resumes', async () => {
    const harness = new Harness(undefined, { iceServers: [{ urls: TURN, secret: 'north', ttl: 600 }] });
    const client = await harness.join('alice', { version });
    const { iceServers: first, participant } = client.last('join');
    const expiry = Math.floor((WALL + harness.now) / 1000) + 600;
    expect(first.map(({ username }) => username)).toEqual([`${expiry}:${participant?.sid}`]);

    client.transport?.setState('connected');
    client.session?.closed();
    harness.advance(5_000);
    const back = await harness.resume('alice', { version });
    const { iceServers: second } = back.last('reconnect');
    expect(second.map(({ username }) => username)).toEqual([`${expiry + 5}:${participant?.sid}`]);
    expect(second[0]?.credential).not.toBe(first[0]?.credential);
  });

  test('is told of none when there are none', async () => {
    const client = await new Harness().join('alice', { version });
    expect(client.last('join').iceServers).toEqual([]);
  });
});
