import { expect, test } from 'vitest';
import { Harness } from './support/harness.js';

/** Milliseconds between the tokens that a client is given. */
const TOKEN_INTERVAL = 5 * 60_000;

test('a service without sessions never wants to be called', () => {
  expect(new Harness().service.deadline).toBe(Infinity);
});

test('sessions in which nothing happens want to be called for their next tokens only', async () => {
  const harness = new Harness();
  for (const identity of ['alice', 'bob']) {
    const client = await harness.join(identity);
    client.transport?.setState('connected');
  }
  harness.advance();
  harness.advance();
  const { now, service } = harness;
  expect(service.deadline).toBe(now - 50 + TOKEN_INTERVAL);
});

test('a session of which the client is to be told something wants to be called at once', async () => {
  const harness = new Harness();
  const alice = await harness.join('alice');
  harness.advance();
  harness.advance();
  alice.takeCases();
  harness.sfu.rooms.get('lobby')?.configure({ metadata: 'news' });
  expect(harness.service.deadline).toBe(0);
  harness.advance();
  expect(alice.takeCases()).toEqual(['roomUpdate']);
  expect(harness.service.deadline).toBeGreaterThan(harness.now + TOKEN_INTERVAL / 2);
});

test('a session that waits for its client to come back wants to be called when it gives up', async () => {
  const harness = new Harness();
  const alice = await harness.join('alice');
  alice.transport?.setState('connected');
  harness.advance();
  alice.session?.closed();
  expect(harness.service.deadline).toBe(harness.now + 20_000);
});
