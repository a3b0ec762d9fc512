import { TrackSource, TrackType } from '@livekit/protocol';
import { ExtensionUri } from '@parley/rtp';
import { describe, expect, test } from 'vitest';
import { answerTo } from './support/answer.js';
import { CAMERA, Harness, fixture, section, type FakeClient } from './support/harness.js';

const EXTENSION = `a=extmap:12 ${ExtensionUri.DEPENDENCY_DESCRIPTOR}`;
const { cid, mid } = CAMERA;

/** Publishes a camera in this codec, offered with the dependency descriptor. */
async function publish(harness: Harness, codec: string): Promise<FakeClient> {
  const alice = await harness.join('alice');
  const track = { cid, type: TrackType.VIDEO, source: TrackSource.CAMERA, simulcastCodecs: [{ codec, cid }] };
  alice.tell({ case: 'addTrack', value: track });
  alice.negotiate(
    fixture('chromium-publish').replace(`a=mid:${mid}\r\n`, `a=mid:${mid}\r\n${EXTENSION}\r\n`),
  );
  return alice;
}

describe('the dependency descriptor', () => {
  test.each(['vp9', 'av1'])('is taken from a publisher of %s', async (codec) => {
    const alice = await publish(new Harness(), codec);
    expect(section(alice.last('answer').sdp, mid)).toContain(EXTENSION);
  });

  test('is not taken with VP8, whose payload would lack its picture ids', async () => {
    const alice = await publish(new Harness(), 'vp8');
    expect(section(alice.last('answer').sdp, mid)).not.toContain(ExtensionUri.DEPENDENCY_DESCRIPTOR);
  });

  test.each([
    ['takes it', (sdp: string) => sdp, 4],
    ['does not take it', (sdp: string) => sdp.replaceAll(/^a=extmap:4 .*\r\n/gm, ''), undefined],
  ])('is sent under the id of the offer to a client of /rtc that %s', async (_, edit, id) => {
    const harness = new Harness();
    await publish(harness, 'vp9');
    const bob = await harness.join('bob', { version: 'v0' });
    const offer = bob.last('offer');
    expect(offer.sdp).toContain(`a=extmap:4 ${ExtensionUri.DEPENDENCY_DESCRIPTOR}`);
    bob.tell({ case: 'answer', value: { type: 'answer', id: offer.id, sdp: edit(answerTo(offer.sdp)) } });
    expect(bob.transport?.senders.at(-1)?.dependencyDescriptor).toBe(id);
  });
});
