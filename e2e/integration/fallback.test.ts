import { RoomEvent, type Room } from '@livekit/rtc-node';
import { expect, test } from 'vitest';
import { useOlderServer } from '../support/older-server.js';
import { freshRoom, me, subscribedTrack, useParticipants } from '../support/participants.js';
import { usePictures, watch } from '../support/picture.js';
import { useServer } from '../support/server.js';
import { listen, useTones } from '../support/tone.js';
import { waitFor } from '../support/wait.js';

const server = useServer();
const join = useParticipants(server);
const joinOlder = useParticipants(useOlderServer(server));
const tone = useTones();
const picture = usePictures();

function collectData(room: Room, into: string[]): void {
  room.on(RoomEvent.DataReceived, (payload, from) => {
    into.push(`${from?.identity ?? ''}: ${new TextDecoder().decode(payload)}`);
  });
}

test('rtc-node, told that there is no /rtc/v1, hears, sees and writes over /rtc', async () => {
  const room = freshRoom();
  const received: Record<string, string[]> = { old: [], new: [], other: [] };
  const prepare = (identity: string) => ({ prepare: (r: Room) => collectData(r, received[identity] ?? []) });
  const old = await joinOlder(room, 'old', prepare('old'));
  const sent = tone(440);
  await sent.publish(old);
  const modern = await join(room, 'new', prepare('new'));
  const [answer, shown] = [tone(700), picture({})];
  await answer.publish(modern);
  await shown.publish(modern);
  // The second of the older kind comes late, when all is there.
  const other = await joinOlder(room, 'other', prepare('other'));
  const seen = picture({});
  await seen.publish(other);

  for (const listener of [modern, other]) {
    const heard = await listen(await subscribedTrack(listener, 'old', sent.name));
    expect(Math.abs(heard.frequency - 440)).toBeLessThanOrEqual(5);
  }
  const heard = await listen(await subscribedTrack(old, 'new', answer.name));
  expect(Math.abs(heard.frequency - 700)).toBeLessThanOrEqual(5);
  for (const [viewer, identity, name] of [
    [old, 'new', shown.name],
    [other, 'new', shown.name],
    [old, 'other', seen.name],
    [modern, 'other', seen.name],
  ] as const) {
    const frames = await watch(await subscribedTrack(viewer, identity, name), 20);
    expect(frames.at(-1)?.quarters).toEqual(['red', 'green', 'blue']);
  }

  for (const [from, reliable] of [
    [old, true],
    [modern, true],
    [other, false],
  ] as const)
    await me(from).publishData(new TextEncoder().encode('hello'), { reliable });
  await waitFor('all packets', () => Object.values(received).every((lines) => lines.length === 2));
  expect(received.other?.sort()).toEqual(['new: hello', 'old: hello']);
});

test('rtc-node over /rtc sees a track muted, unmuted and taken away', async () => {
  const room = freshRoom();
  const [old, modern] = [await joinOlder(room, 'old'), await join(room, 'new')];
  const sent = tone(500);
  const { sid } = await sent.publish(modern);
  await subscribedTrack(old, 'new', sent.name);
  const publication = () => old.remoteParticipants.get('new')?.trackPublications.get(sid ?? '');
  sent.setMuted(true);
  await waitFor('the mute', () => publication()?.muted === true);
  sent.setMuted(false);
  await waitFor('the unmute', () => publication()?.muted === false);
  await me(modern).unpublishTrack(sid ?? '');
  await waitFor('the track gone', () => publication() === undefined);

  const again = tone(900);
  await again.publish(modern);
  const heard = await listen(await subscribedTrack(old, 'new', again.name));
  expect(Math.abs(heard.frequency - 900)).toBeLessThanOrEqual(5);
  await old.disconnect();
  await waitFor('the other gone', () => modern.remoteParticipants.size === 0);
});
