import { ConnectionQuality } from '@livekit/protocol';
import { expect, test } from 'vitest';
import { Harness } from './support/harness.js';

test('a client whose media is connected is told how good its connection is, and when it is lost', async () => {
  const harness = new Harness();
  const client = await harness.join('alice');
  harness.advance(5000);
  expect(client.all('connectionQuality')).toEqual([]);
  client.transport?.setState('connected');
  harness.advance(5000);
  const participantSid = client.last('join').participant?.sid;
  expect(client.last('connectionQuality').updates).toMatchObject([
    { participantSid, quality: ConnectionQuality.EXCELLENT, score: 4.5 },
  ]);
  client.transport?.setState('disconnected');
  harness.advance(5000);
  expect(client.last('connectionQuality').updates).toMatchObject([
    { quality: ConnectionQuality.LOST, score: 1 },
  ]);
});
