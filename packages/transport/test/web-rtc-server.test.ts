import { expect, test } from 'vitest';
import { WebRtcServer } from '../src/web-rtc-server.js';
import type { WebRtcTransport } from '../src/web-rtc-transport.js';

const OBSERVER = {
  onStateChange: () => undefined,
  onDataChannel: () => undefined,
  onMessage: () => undefined,
  onDataChannelClosed: () => undefined,
};

test('a transport that throws, and throws again when it is closed, does not reach the others', () => {
  const errors: unknown[] = [];
  const server = new WebRtcServer({
    port: 0,
    addresses: ['127.0.0.1'],
    candidates: ['127.0.0.1'],
    now: () => 0,
    wall: () => 0,
    random: (bytes) => new Uint8Array(bytes).fill(errors.length),
    onError: (error) => errors.push(error),
  });
  const broken: WebRtcTransport = server.createTransport(OBSERVER);
  const other = server.createTransport(OBSERVER);
  let handled = 0;
  broken.handleTimers = () => {
    throw new Error('broken');
  };
  const fail = broken.fail.bind(broken);
  broken.fail = () => {
    throw new Error('broken still');
  };
  other.handleTimers = () => (handled += 1);
  server.handleTimers(1);
  expect(handled).toBe(1);
  expect(errors).toEqual([new Error('broken'), new Error('broken still')]);
  fail();
  server.close();
});
