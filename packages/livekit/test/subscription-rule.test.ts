import { TrackSource, TrackType } from '@livekit/protocol';
import { expect, test } from 'vitest';
import { Harness, MICROPHONE, fixture, type FakeClient } from './support/harness.js';

async function setUp(): Promise<{ alice: FakeClient; bob: FakeClient; sid: string }> {
  const harness = new Harness();
  const alice = await harness.join('alice');
  const bob = await harness.join('bob');
  const { cid } = MICROPHONE;
  alice.tell({ case: 'addTrack', value: { cid, type: TrackType.AUDIO, source: TrackSource.MICROPHONE } });
  alice.negotiate(fixture('chromium-publish'));
  return { alice, bob, sid: alice.last('trackPublished').track?.sid ?? '' };
}

test('nobody may subscribe when nobody is listed, and the subscriber is told', async () => {
  const { alice, bob, sid } = await setUp();
  alice.tell({ case: 'subscriptionPermission', value: { allParticipants: false } });
  const participantSid = alice.last('join').participant?.sid;
  expect(bob.last('subscriptionPermissionUpdate')).toMatchObject({
    participantSid,
    trackSid: sid,
    allowed: false,
  });
  alice.tell({ case: 'subscriptionPermission', value: { allParticipants: true } });
  expect(bob.last('subscriptionPermissionUpdate').allowed).toBe(true);
});

test.each([
  ['by identity, all tracks', () => ({ participantIdentity: 'bob', allTracks: true })],
  ['by identity, this track', (sid: string) => ({ participantIdentity: 'bob', trackSids: [sid] })],
  ['by sid', (_: string, bob: string) => ({ participantSid: bob, allTracks: true })],
])('who is listed may subscribe: %s', async (_, permission) => {
  const { alice, bob, sid } = await setUp();
  const bobSid = bob.last('join').participant?.sid ?? '';
  const trackPermissions = [permission(sid, bobSid)];
  alice.tell({ case: 'subscriptionPermission', value: { allParticipants: false, trackPermissions } });
  expect(bob.all('subscriptionPermissionUpdate')).toEqual([]);
});

test.each([
  ['another identity', { participantIdentity: 'carol', allTracks: true }],
  ['another track', { participantIdentity: 'bob', trackSids: ['TR_other'] }],
  [
    'the sid of an earlier session',
    { participantSid: 'PA_old', participantIdentity: 'bob', allTracks: true },
  ],
])('%s in the list does not let bob subscribe', async (_, permission) => {
  const { alice, bob } = await setUp();
  const trackPermissions = [permission];
  alice.tell({ case: 'subscriptionPermission', value: { allParticipants: false, trackPermissions } });
  expect(bob.last('subscriptionPermissionUpdate').allowed).toBe(false);
});
