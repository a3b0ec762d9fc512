import { RequestResponse_Reason, TrackSource, TrackType } from '@livekit/protocol';
import { describe, expect, test } from 'vitest';
import { type FakeClient, Harness, MICROPHONE, fixture } from './support/harness.js';

const SIDS = Array.from({ length: 1_000 }, (_, index) => `TR_${index}`);

/** Two people in a room; the limits of one must not be felt by the other. */
async function two(harness = new Harness()) {
  const join = async (identity: string) => {
    const client = await harness.join(identity, { video: { canUpdateOwnMetadata: true } });
    client.tell({
      case: 'addTrack',
      value: { cid: MICROPHONE.cid, type: TrackType.AUDIO, source: TrackSource.MICROPHONE },
    });
    const { midToTrackId } = client.negotiate(fixture('chromium-publish'));
    return { client, mic: midToTrackId[MICROPHONE.mid] ?? '' };
  };
  const drops = () => harness.service.metrics().drops;
  return { harness, alice: await join('alice'), bob: await join('bob'), drops };
}

function subscribe(client: FakeClient, trackSids: string[]): void {
  client.tell({ case: 'subscription', value: { trackSids, subscribe: true } });
}

/** What is told of a participant holds its metadata, so that a new name is as long as that. */
function update(
  harness: Harness,
  client: FakeClient,
  value: { name?: string; metadata?: string },
): RequestResponse_Reason {
  client.tell({ case: 'updateMetadata', value: { requestId: 1, ...value } });
  // The answer takes a moment, in which nothing is forgiven.
  harness.service.handleTimeout(harness.now + 10);
  return client.last('requestResponse').reason;
}

describe('tracks that are named in subscriptions and settings', () => {
  test('are limited for who names too many, not for others', async () => {
    const { harness, alice, bob, drops } = await two();
    for (let message = 0; message < 30; message++) subscribe(alice.client, SIDS);
    expect(drops()['subscription-flood']).toBe(10);
    bob.client.tell({ case: 'trackSetting', value: { trackSids: [alice.mic], disabled: true } });
    subscribe(bob.client, SIDS);
    expect(drops()['subscription-flood']).toBe(10);
    harness.now += 1_000;
    subscribe(alice.client, SIDS);
    subscribe(alice.client, SIDS);
    subscribe(alice.client, SIDS);
    expect(drops()['subscription-flood']).toBe(11);
  });

  test('and in states of clients that say that they resumed, which are themselves limited', async () => {
    const { alice, bob, drops } = await two();
    const state = (client: FakeClient, trackSids: string[]) => {
      client.tell({
        case: 'syncState',
        value: { trackSidsDisabled: trackSids, subscription: { trackSids } },
      });
    };
    for (let message = 0; message < 15; message++) state(alice.client, SIDS);
    expect(drops()['subscription-flood']).toBe(5);
    for (let message = 0; message < 30; message++) state(bob.client, []);
    expect(drops()['subscription-flood']).toBe(15);
  });

  test('rules of who may subscribe are limited, too', async () => {
    const { alice, bob, drops } = await two();
    const rule = (client: FakeClient) => {
      client.tell({ case: 'subscriptionPermission', value: { allParticipants: true } });
    };
    for (let message = 0; message < 30; message++) rule(alice.client);
    expect(drops()['subscription-flood']).toBe(10);
    rule(bob.client);
    expect(drops()['subscription-flood']).toBe(10);
  });
});

describe('changes that the others are told of', () => {
  test('are refused to who makes too many of them, by what they cost, not to others', async () => {
    const { harness, alice, bob, drops } = await two();
    const large = 'x'.repeat(500_000);
    expect(update(harness, alice.client, { metadata: large })).toBe(RequestResponse_Reason.OK);
    const reasons = Array.from({ length: 100 }, (_, index) =>
      update(harness, alice.client, { name: `${index}` }),
    );
    const refused = reasons.filter((reason) => reason === RequestResponse_Reason.LIMIT_EXCEEDED);
    // 4 MiB to each of the others: 8 times half a megabyte, of which one was the first.
    expect(reasons.length - refused.length).toBe(7);
    expect(drops()['change-flood']).toBe(refused.length);
    expect(update(harness, bob.client, { metadata: large })).toBe(RequestResponse_Reason.OK);
    harness.now += 1_000;
    expect(update(harness, alice.client, { name: 'again' })).toBe(RequestResponse_Reason.OK);
  });

  test('are refused earlier where many are told of them', async () => {
    const { harness, alice } = await two(new Harness({ rooms: 1, participantsPerRoom: 40 }));
    await Promise.all(Array.from({ length: 30 }, (_, index) => harness.join(`listener ${index}`)));
    const metadata = 'x'.repeat(300_000);
    const reasons = Array.from({ length: 20 }, (_, index) =>
      update(harness, alice.client, { metadata: `${metadata}${index}` }),
    );
    // 64 MiB to all 32 together; to each of them alone it would be more than twice as many.
    expect(reasons.filter((reason) => reason === RequestResponse_Reason.OK)).toHaveLength(3);
  });

  test('are not limited at the pace of people', async () => {
    const { harness, alice, drops } = await two();
    for (let message = 0; message < 200; message++) {
      alice.client.tell({ case: 'mute', value: { sid: alice.mic, muted: message % 2 === 0 } });
      harness.now += 100;
    }
    expect(drops()['change-flood']).toBe(0);
  });

  test('leave it possible to mute oneself', async () => {
    const { harness, alice, bob, drops } = await two();
    update(harness, alice.client, { metadata: 'x'.repeat(500_000) });
    for (let count = 0; count < 100; count++) update(harness, alice.client, { name: `${count}` });
    expect(drops()['change-flood']).toBeGreaterThan(0);
    alice.client.tell({ case: 'mute', value: { sid: alice.mic, muted: true } });
    harness.advance();
    const told = bob.client.last('update').participants.find(({ identity }) => identity === 'alice');
    expect(told?.tracks.map(({ muted }) => muted)).toEqual([true]);
  });
});
