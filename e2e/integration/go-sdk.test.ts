import { VideoCodec } from '@livekit/rtc-node';
import { describe, expect, test } from 'vitest';
import { type GoEvent, hasGo, useGoEcho } from '../support/go-echo.js';
import { freshRoom, me, participantOf, subscribedTrack, useParticipants } from '../support/participants.js';
import { usePictures } from '../support/picture.js';
import { useServer } from '../support/server.js';
import { hearContinuously, listen, useTones } from '../support/tone.js';
import { waitFor } from '../support/wait.js';

/** Seconds in which a listener's jitter buffer finds its length, which is heard as gaps. */
const SETTLE_SECONDS = 2;

const MIME_TYPES: Partial<Record<VideoCodec, string>> = {
  [VideoCodec.VP8]: 'video/VP8',
  [VideoCodec.H264]: 'video/H264',
};
const withoutGo = !hasGo();
const server = useServer();
const join = useParticipants(server);
const tone = useTones();
const picture = usePictures();

describe.skipIf(withoutGo)("LiveKit's Go SDK", () => {
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
    expect(await hearContinuously(echo, 440, 3, SETTLE_SECONDS)).toBeGreaterThan(0.9);
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

// 2.9 knows a codec only from the media sections that name it: of a first one without H264 it has never heard of it.
describe.skipIf(withoutGo).each([
  ['2.9', 'sdk-2.9.mod'],
  ['2.13', 'go.mod'],
])("LiveKit's Go SDK %s", (_, modules) => {
  const joinWithGo = useGoEcho(server, modules);

  test.each([
    ['VP8 and H264', VideoCodec.VP8, VideoCodec.H264],
    ['H264 and VP8', VideoCodec.H264, VideoCodec.VP8],
  ])('receives %s, one after the other', async (_, first, second) => {
    const room = freshRoom();
    const received = (events: GoEvent[], from: string) =>
      waitFor(`Go receiving ${from}`, () =>
        events.find((event) => event.event === 'track' && event.from === from),
      );
    const { events } = await joinWithGo(room, 'go');
    await picture({ codec: first }).publish(await join(room, 'alice'));
    expect(await received(events, 'alice')).toMatchObject({ text: MIME_TYPES[first] });
    await picture({ codec: second }).publish(await join(room, 'bob'));
    expect(await received(events, 'bob')).toMatchObject({ text: MIME_TYPES[second] });
  });
});
