import { describe, expect, test } from 'vitest';
import { hasGo, useGoEcho } from '../support/go-echo.js';
import { freshRoom, me, participantOf, subscribedTrack, useParticipants } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { hearContinuously, listen, useTones } from '../support/tone.js';
import { waitFor } from '../support/wait.js';

describe.skipIf(!hasGo())("LiveKit's Go SDK", () => {
  const server = useServer();
  const join = useParticipants(server);
  const tone = useTones();
  const joinWithGo = useGoEcho(server);

  test('receives what another publishes, and publishes what another hears', async () => {
    const room = freshRoom();
    const alice = await join(room, 'alice');
    await tone(440).publish(alice);
    const { events } = await joinWithGo(room, 'go');
    await waitFor('Go receiving the tone', () =>
      events.some(({ event, from, text }) => event === 'track' && from === 'alice' && text === 'audio/opus'),
    );

    const echo = await subscribedTrack(alice, 'go', 'echo');
    expect(Math.abs((await listen(echo)).frequency - 440)).toBeLessThanOrEqual(5);
    expect(await hearContinuously(echo, 440, 2)).toBeGreaterThan(0.9);
  });

  test('receives data, and sends data', async () => {
    const room = freshRoom();
    const received: string[] = [];
    const alice = await join(room, 'alice', {
      prepare: (joining) =>
        joining.on('dataReceived', (payload: Uint8Array) => received.push(new TextDecoder().decode(payload))),
    });
    const { events } = await joinWithGo(room, 'go');
    await participantOf(alice, 'go');

    const sent = Array.from({ length: 20 }, (_, i) => `message ${i}`);
    for (const message of sent) {
      await me(alice).publishData(new TextEncoder().encode(message), { reliable: true });
    }

    await waitFor('the answers', () => received.length === sent.length);
    expect(received).toEqual(sent.map((message) => `echo: ${message}`));
    expect(events.filter(({ event }) => event === 'data')).toEqual(
      sent.map((text) => ({ event: 'data', from: 'alice', text })),
    );
  });

  test('leaves, and is gone for the others', async () => {
    const room = freshRoom();
    const alice = await join(room, 'alice');
    const { events, leave } = await joinWithGo(room, 'go');
    await participantOf(alice, 'go');
    leave();
    await waitFor('Go being gone', () => alice.remoteParticipants.size === 0);
    expect(events.filter(({ event }) => event === 'track')).toEqual([]);
  });
});
