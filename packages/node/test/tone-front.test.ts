import { SRTP_AES128_CM_SHA1_80 } from '@parley/wire';
import type { PlainRtpParameters, SdesKeys } from '@parley/transport';
import { expect, onTestFinished, test } from 'vitest';
import { MediaNode } from '../src/media-node.js';
import { AMPLITUDE, amplitudeOf, SAMPLE_RATE, tone } from './support/tone.js';
import { ToneFront } from './support/tone-front.js';
import { TonePhone } from './support/tone-phone.js';

const FRAME = 160;
/** A second. */
const FRAMES = SAMPLE_RATE / FRAME;
const LOOPBACK = '127.0.0.1';

/** Long enough for a machine that is busy otherwise. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 });

/** A node with the front, over real sockets; its clock stands until it is set. */
function setup() {
  const clock = { now: 0 };
  let front: ToneFront | undefined;
  const node = new MediaNode({
    fronts: [(context) => (front = new ToneFront(context))],
    server: { port: 0, addresses: [LOOPBACK], candidates: [] },
    limits: { rooms: 2, participantsPerRoom: 5, mediaPacketsPerSecond: 1_000 },
    clock: { now: () => clock.now, wall: () => 0 },
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    log: () => undefined,
    post: () => undefined,
  });
  onTestFinished(() => {
    node.close();
  });
  /** A phone whose packets and those of the node meet, and its call. */
  const call = (identity: string, parameters: PlainRtpParameters, keys?: SdesKeys) => {
    if (!front) throw new Error('the node made no front');
    const phone = new TonePhone(keys);
    onTestFinished(() => {
      phone.close();
    });
    const made = front.call('lobby', identity, parameters);
    phone.call(made.transport.port);
    return { phone, ...made };
  };
  return { clock, call, node };
}

/** It sends its first packet, from which the node knows where it is. */
async function speak({ phone, states }: { phone: TonePhone; states: readonly string[] }): Promise<void> {
  phone.play(tone(440, FRAME));
  await eventually(() => states).toEqual(['connected']);
}

/** Frequencies that were heard, of those that somebody might have played. */
function frequenciesIn(samples: Int16Array): number[] {
  return [440, 620, 1_000].filter((frequency) => {
    const share = amplitudeOf(frequency, samples) / AMPLITUDE;
    expect(share < 0.01 || Math.abs(share - 1) < 0.02).toBe(true);
    return share > 0.5;
  });
}

test('two telephones hear each other, wherever they call from, and hear of the end', async () => {
  const { call } = setup();
  const ada = call('ada', {});
  ada.transport.setRemote({ address: LOOPBACK, port: ada.phone.port });
  // Behind a NAT: nobody knows its port before it has sent something.
  const bob = call('bob', { sources: [LOOPBACK] });
  expect([ada.participant.state, bob.participant.state]).toEqual(['active', 'joined']);
  bob.phone.play(tone(620, SAMPLE_RATE));
  expect(frequenciesIn(await ada.phone.record(FRAMES))).toEqual([620]);
  ada.phone.play(tone(440, SAMPLE_RATE));
  await bob.phone.until(() => bob.phone.heard.length === FRAMES);
  const [first] = bob.phone.heard;
  expect(bob.phone.heard.map(({ sequence }) => (sequence - first!.sequence) & 0xffff)).toEqual(
    Array.from({ length: FRAMES }, (_, index) => index),
  );
  expect(bob.phone.heard.map(({ timestamp }) => (timestamp - first!.timestamp) >>> 0)).toEqual(
    Array.from({ length: FRAMES }, (_, index) => index * FRAME),
  );
  expect(frequenciesIn(await bob.phone.record(FRAMES))).toEqual([440]);
  expect([bob.participant.state, bob.states]).toEqual(['active', ['connected']]);
  bob.participant.close('client-initiated');
  await bob.phone.until(() => bob.phone.control.some((types) => types.includes('goodbye')));
  expect(new Set(bob.phone.control.map(([report]) => report))).toEqual(new Set(['receiverReport']));
});

test('a call is encrypted, and goes on under new keys', async () => {
  const { call, node } = setup();
  const keys = (byte: number): SdesKeys => ({
    suite: SRTP_AES128_CM_SHA1_80,
    localKey: new Uint8Array(30).fill(byte),
    remoteKey: new Uint8Array(30).fill(byte + 1),
  });
  const ofPhone = ({ suite, localKey, remoteKey }: SdesKeys): SdesKeys => ({
    suite,
    localKey: remoteKey,
    remoteKey: localKey,
  });
  const ada = call('ada', { keys: keys(1) }, ofPhone(keys(1)));
  const bob = call('bob', { sources: [LOOPBACK] });
  await speak(ada);
  await speak(bob);
  await ada.phone.record(1);
  ada.phone.play(tone(440, SAMPLE_RATE));
  expect(frequenciesIn(await bob.phone.record(FRAMES))).toEqual([440]);
  ada.transport.setKeys(keys(3));
  ada.phone.setKeys(ofPhone(keys(3)));
  ada.phone.play(tone(440, SAMPLE_RATE));
  expect(frequenciesIn(await bob.phone.record(FRAMES))).toEqual([440]);
  bob.phone.play(tone(1_000, SAMPLE_RATE));
  expect(frequenciesIn(await ada.phone.record(FRAMES))).toEqual([1_000]);
  // Who does not know the new keys is not heard.
  ada.phone.setKeys(ofPhone(keys(1)));
  ada.phone.play(tone(440, FRAME));
  const refused = () =>
    node
      .metrics()
      .find(({ name }) => name === 'parley_packets_dropped_total')
      ?.values.find(({ labels }) => labels.reason === 'authentication')?.value;
  await eventually(refused).toBe(1);
});

test('a telephone that is on hold stays in the room, hears, and is heard again when it speaks', async () => {
  const { call, clock } = setup();
  const ada = call('ada', { sources: [LOOPBACK] });
  const bob = call('bob', { sources: [LOOPBACK] });
  await speak(ada);
  await speak(bob);
  await ada.phone.record(1);
  for (let second = 1; second <= 5; second++) {
    expect(ada.states).toEqual(['connected']);
    clock.now = second * 1_000;
    bob.phone.play(tone(620, FRAME));
    await ada.phone.record(1);
  }
  expect([ada.states, ada.participant.state]).toEqual([['connected', 'disconnected'], 'active']);
  ada.phone.play(tone(440, SAMPLE_RATE));
  expect(frequenciesIn(await bob.phone.record(FRAMES))).toEqual([440]);
  expect(ada.states).toEqual(['connected', 'disconnected', 'connected']);
  expect(bob.states).toEqual(['connected']);
});
