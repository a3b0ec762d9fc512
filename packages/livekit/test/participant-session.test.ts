import {
  AddTrackRequest,
  DisconnectReason,
  LeaveRequest_Action,
  ParticipantInfo_State,
  SignalRequest,
  SignalResponse,
  TrackSource,
  TrackType,
} from '@livekit/protocol';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CAMERA, Harness, fixture } from './support/harness.js';

describe('frames', () => {
  test('JSON in text frames is answered with JSON in text frames', async () => {
    const client = await new Harness().join('alice');
    client.frames.length = 0;
    client.session?.receive(JSON.stringify({ pingReq: { timestamp: '5' }, unknownField: 1 }));
    const [frame] = client.frames;
    expect(typeof frame).toBe('string');
    expect(SignalResponse.fromJsonString(String(frame)).message.value).toMatchObject({
      lastPingTimestamp: 5n,
    });
  });

  test('malformed ones are counted and change nothing', async () => {
    const harness = new Harness();
    const client = await harness.join('alice');
    client.takeCases();
    for (const frame of ['{', 'null', '[]', '{"offer":7}', Uint8Array.of(0xff), Uint8Array.of(10, 200)]) {
      client.session?.receive(frame);
    }
    expect(harness.service.metrics().drops['signal-malformed']).toBe(6);
    expect(client.takeCases()).toEqual([]);
    expect(client.closedWith).toBeUndefined();
  });

  test.each(['binary', 'text'])(
    'with more %s values than anybody needs are not read, as that would hold up everybody',
    async (form) => {
      const harness = new Harness();
      const client = await harness.join('alice');
      const layers = (count: number) => {
        const value = new AddTrackRequest({ cid: 'x', layers: Array.from({ length: count }, () => ({})) });
        const request = new SignalRequest({ message: { case: 'addTrack', value } });
        client.session?.receive(form === 'binary' ? request.toBinary() : request.toJsonString());
      };
      const drops = () => harness.service.metrics().drops['signal-flood'];
      layers(60_000);
      expect(drops()).toBe(1);
      layers(20_000);
      layers(1);
      expect(drops()).toBe(1);
      layers(20_000);
      layers(20_000);
      expect(drops()).toBeGreaterThan(1);
      harness.now += 5_000;
      const before = drops();
      layers(20_000);
      expect(drops()).toBe(before);
      expect(client.closedWith).toBeUndefined();
    },
  );

  test('messages that a newer protocol added are counted', async () => {
    const harness = new Harness();
    const client = await harness.join('alice');
    client.session?.receive(Uint8Array.of(0xfa, 0x3f, 0));
    client.session?.receive(new Uint8Array(0));
    expect(harness.service.metrics().drops['signal-unsupported']).toBe(2);
  });

  test('whatever bytes come, nothing is thrown', { timeout: 30_000 }, async () => {
    const harness = new Harness();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.uint8Array({ maxLength: 64 }), fc.string({ maxLength: 64 }))),
        async (frames) => {
          const client = await harness.join('fuzz', { offer: undefined });
          for (const frame of frames) client.session?.receive(frame);
          harness.advance();
          client.session?.closed();
          expect(harness.logs.filter(({ level }) => level === 'error')).toEqual([]);
        },
      ),
      { seed: 2, numRuns: 50 },
    );
  });

  test('messages with changed bytes throw nothing', { timeout: 30_000 }, async () => {
    const harness = new Harness();
    const messages: SignalRequest['message'][] = [
      new SignalRequest({
        message: { case: 'offer', value: { type: 'offer', sdp: fixture('chromium-publish'), id: 2 } },
      }),
      new SignalRequest({
        message: {
          case: 'addTrack',
          value: {
            cid: CAMERA.cid,
            type: TrackType.VIDEO,
            source: TrackSource.CAMERA,
            simulcastCodecs: [{ codec: 'vp9' }],
          },
        },
      }),
      new SignalRequest({
        message: { case: 'updateMetadata', value: { name: 'n', attributes: { a: 'b' }, requestId: 1 } },
      }),
      new SignalRequest({
        message: { case: 'subscription', value: { trackSids: ['TR_a'], subscribe: true } },
      }),
      new SignalRequest({
        message: { case: 'trackSetting', value: { trackSids: ['TR_a'], disabled: true } },
      }),
      new SignalRequest({ message: { case: 'mute', value: { sid: 'TR_a', muted: true } } }),
    ].map(({ message }) => message);
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...messages), edits, async (message, changes) => {
        const client = await harness.join('fuzz', { offer: undefined });
        const bytes = new SignalRequest({ message }).toBinary();
        for (const [position, value] of changes) bytes[position % bytes.length] = value;
        client.session?.receive(bytes);
        harness.advance();
        client.session?.closed();
        expect(harness.logs.filter(({ level }) => level === 'error')).toEqual([]);
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});

describe('the end of a session', () => {
  test('the client leaves: the others are told, the transport is closed', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    const bob = await harness.join('bob');
    alice.tell({ case: 'leave', value: {} });
    harness.advance();
    expect(alice.closedWith).toBe('client-initiated');
    expect(alice.transport?.state).toBe('closed');
    expect(bob.last('update').participants.at(-1)).toMatchObject({
      identity: 'alice',
      state: ParticipantInfo_State.DISCONNECTED,
      disconnectReason: DisconnectReason.CLIENT_INITIATED,
    });
    expect(bob.last('roomUpdate').room).toMatchObject({ numParticipants: 1 });
  });

  test('the WebSocket closes: the participant is gone, and nothing more is sent', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    const bob = await harness.join('bob');
    alice.takeCases();
    alice.session?.closed();
    alice.session?.closed();
    alice.tell({ case: 'pingReq', value: {} });
    harness.advance();
    expect(alice.takeCases()).toEqual([]);
    expect(bob.last('update').participants.at(-1)?.disconnectReason).toBe(DisconnectReason.SIGNAL_CLOSE);
    expect(harness.service.metrics().sessions).toBe(1);
    expect(harness.sfu.metrics().participants).toBe(1);
  });

  test('the transport fails: the client is told to start another session', async () => {
    const client = await new Harness().join('alice');
    client.transport?.setState('failed');
    expect(client.last('leave')).toMatchObject({
      reason: DisconnectReason.MEDIA_FAILURE,
      action: LeaveRequest_Action.RECONNECT,
    });
  });

  test('the client closes its connection without a leave: the session ends, too', async () => {
    const harness = new Harness();
    const client = await harness.join('alice');
    client.transport?.setState('connected');
    client.transport?.setState('closed');
    harness.advance();
    expect(client.last('leave')).toMatchObject({ reason: DisconnectReason.MEDIA_FAILURE });
    expect(harness.service.metrics().sessions).toBe(0);
  });

  test('the transport never connects: the client is told after a minute', async () => {
    const harness = new Harness();
    const client = await harness.join('alice');
    harness.advance(59_000);
    expect(client.closedWith).toBeUndefined();
    harness.advance(2000);
    expect(client.last('leave')).toMatchObject({ reason: DisconnectReason.CONNECTION_TIMEOUT });
  });

  test('the server has no room for another transport: the client is told that its join failed', async () => {
    const harness = new Harness();
    const client = await harness.join('alice', { offer: undefined });
    if (client.transport) {
      client.transport.setRemote = () => {
        throw new RangeError('no session is free');
      };
    }
    client.tell({ case: 'offer', value: { type: 'offer', sdp: fixture('chromium-join'), id: 1 } });
    expect(client.last('leave')).toMatchObject({ reason: DisconnectReason.JOIN_FAILURE });
    expect(harness.sfu.metrics().participants).toBe(0);
    expect(harness.service.metrics().sessionFailures).toEqual({ limit: 1, defect: 0 });
  });
});

describe('an error inside', () => {
  test('ends the session that it is of, and is logged', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice', { offer: undefined });
    const bob = await harness.join('bob');
    if (alice.transport) {
      alice.transport.setRemote = () => {
        throw new Error('broken');
      };
    }
    alice.tell({ case: 'offer', value: { type: 'offer', sdp: fixture('chromium-join'), id: 1 } });
    harness.advance();
    expect(alice.last('leave')).toMatchObject({ reason: DisconnectReason.JOIN_FAILURE });
    expect(harness.logs.find(({ level }) => level === 'error')?.fields.error).toContain('broken');
    expect(harness.service.metrics().sessionFailures).toEqual({ limit: 0, defect: 1 });
    expect(bob.closedWith).toBeUndefined();
  });
});

describe('floods', () => {
  test('however many messages its WebSocket lets through, and however large, are no flood', async () => {
    const client = await new Harness().join('alice');
    for (let count = 0; count < 20_000; count++) client.tell({ case: 'ping', value: 1n });
    client.session?.receive(new Uint8Array(16 * 1024 * 1024));
    expect(client.closedWith).toBeUndefined();
  });

  test('too many offers end the session', async () => {
    const harness = new Harness();
    const client = await harness.join('alice');
    for (let count = 0; count < 60; count++)
      client.tell({ case: 'offer', value: { type: 'offer', sdp: '', id: 1 } });
    expect(client.closedWith).toBe('participant-removed');
    expect(harness.service.metrics().drops).toMatchObject({ 'offer-flood': 1, 'offer-invalid': 50 });
  });

  test('a busy client over time is no flood', async () => {
    const harness = new Harness();
    const client = await harness.join('alice');
    for (let count = 0; count < 3000; count++) {
      client.tell({ case: 'ping', value: 1n });
      harness.now += 10;
    }
    expect(client.closedWith).toBeUndefined();
  });
});
