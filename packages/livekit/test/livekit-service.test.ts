import {
  ClientInfo_Capability,
  DisconnectReason,
  JoinRequest,
  LeaveRequest_Action,
  ParticipantInfo_Kind,
  ParticipantInfo_State,
  RequestResponse_Reason,
} from '@livekit/protocol';
import { AccessTokenVerifier } from '@parley/access';
import { decodeJwt } from 'jose';
import { describe, expect, test, vi } from 'vitest';
import type { JoinHttpRequest } from '../src/index.js';
import { callApi } from './support/api-client.js';
import {
  API_KEY,
  API_SECRET,
  FakeClient,
  Harness,
  WALL,
  fixture,
  joinParameter,
  token,
} from './support/harness.js';

function request(accessToken: string, joinRequest = joinParameter({})): JoinHttpRequest {
  const query = new URLSearchParams({ access_token: accessToken, join_request: joinRequest });
  return { version: 'v1', query, authorization: undefined, userAgent: 'test', address: '192.0.2.7' };
}

describe('LiveKitService.validate()', () => {
  test('answers success to what may join, without joining', async () => {
    const { service, sfu } = new Harness();
    expect(await service.validate(request(await token('alice')))).toEqual({ status: 200, text: 'success' });
    expect(sfu.metrics().participants).toBe(0);
  });

  test('takes the token from the Authorization header, too', async () => {
    const { service } = new Harness();
    const authorization = `Bearer ${await token('alice')}`;
    expect(await service.validate({ ...request(''), authorization })).toMatchObject({ status: 200 });
    expect(await service.validate({ ...request(''), authorization: 'Basic abc' })).toMatchObject({
      status: 401,
    });
  });

  test.each([
    ['no token', 401, () => request('')],
    [
      'a token without roomJoin',
      401,
      async () => request(await token('alice', { video: { roomJoin: false } })),
    ],
    ['a token that names nobody', 400, async () => request(await token(''))],
    ['a token for no room', 400, async () => request(await token('alice', { room: '' }))],
    ['too long an identity', 400, async () => request(await token('x'.repeat(257)))],
    ['too long a name of a room', 400, async () => request(await token('alice', { room: 'x'.repeat(257) }))],
    ['no join request', 400, async () => request(await token('alice'), '')],
    ['a join request of garbage', 400, async () => request(await token('alice'), '!!!')],
  ])('refuses %s with %i', async (_what, status, make) => {
    const { service } = new Harness();
    const refused = await make();
    expect(await service.validate(refused)).toMatchObject({ status });
    expect(await service.connect(refused, new FakeClient())).toMatchObject({ ok: false, status });
    const failures = service.metrics().joinFailures;
    expect(failures[400] + failures[401]).toBe(1);
  });
});

describe('LiveKitService.connect()', () => {
  test('tells the client first who it is, who else is there, and what the server can do', async () => {
    const harness = new Harness();
    await harness.join('alice', { name: 'Alice' });
    const bob = await harness.join('bob');
    expect(bob.messages[0]?.case).toBe('join');
    const join = bob.last('join');
    expect(join.room).toMatchObject({ name: 'lobby', numParticipants: 2 });
    expect(join.room?.sid).toMatch(/^RM_/);
    expect(join.participant).toMatchObject({
      identity: 'bob',
      permission: { canPublish: true, canSubscribe: true },
    });
    expect(join.participant?.sid).toMatch(/^PA_/);
    expect(join.otherParticipants).toMatchObject([
      { identity: 'alice', name: 'Alice', state: ParticipantInfo_State.JOINED },
    ]);
    expect(join).toMatchObject({
      subscriberPrimary: false,
      fastPublish: true,
      pingInterval: 5,
      pingTimeout: 15,
      iceServers: [],
    });
    expect(join.enabledPublishCodecs.map(({ mime }) => mime)).toEqual([
      'video/VP8',
      'video/VP9',
      'video/H264',
      'video/AV1',
      'audio/opus',
      'audio/red',
    ]);
  });

  test('announces a version between those that livekit-client asks for', async () => {
    const { serverInfo, serverVersion } = (await new Harness().join('alice')).last('join');
    expect(serverInfo?.version).toBe(serverVersion);
    const [major, minor, patch] = serverVersion.split('.').map(Number);
    expect([major, minor]).toEqual([1, 13]);
    expect(patch).toBeLessThanOrEqual(6);
  });

  test('relays what clients tell each other of themselves', async () => {
    const harness = new Harness();
    await harness.join('agent', {
      kind: 'agent',
      request: {
        clientInfo: { clientProtocol: 2, capabilities: [ClientInfo_Capability.CAP_PACKET_TRAILER] },
      },
    });
    const [info] = (await harness.join('bob')).last('join').otherParticipants;
    expect(info).toMatchObject({
      kind: ParticipantInfo_Kind.AGENT,
      clientProtocol: 2,
      capabilities: [ClientInfo_Capability.CAP_PACKET_TRAILER],
    });
  });

  test('honours metadata of the join request only where the token lets it', async () => {
    const own = { metadata: 'mine', participantAttributes: { hand: 'up' } };
    const harness = new Harness();
    const allowed = await harness.join('alice', { video: { canUpdateOwnMetadata: true }, request: own });
    expect(allowed.last('join').participant).toMatchObject({ metadata: 'mine', attributes: { hand: 'up' } });
    const denied = await harness.join('bob', { request: own });
    expect(denied.last('join').participant).toMatchObject({ metadata: '', attributes: {} });
  });

  test('refuses metadata of the join request that is too long, and makes no room for it', async () => {
    const options = {
      video: { canUpdateOwnMetadata: true },
      request: { metadata: 'x'.repeat(512 * 1024 + 1) },
    };
    const harness = new Harness();
    await expect(harness.join('alice', options)).rejects.toThrow('400 the metadata is longer than');
    expect(harness.sfu.metrics().rooms).toBe(0);
  });

  test('with a join_request on /rtc is taken as on /rtc/v1: a single connection, whose offer is answered', async () => {
    const harness = new Harness();
    const client = await harness.join('alice', {
      version: 'v0',
      query: {
        join_request: joinParameter({
          publisherOffer: { type: 'offer', sdp: fixture('chromium-join'), id: 1 },
        }),
      },
    });
    expect(client.last('join').subscriberPrimary).toBe(false);
    expect(client.last('answer').id).toBe(1);
    expect(client.all('offer')).toEqual([]);
    expect(harness.server.transports).toHaveLength(1);
  });

  test('where rooms are not made by joining, one that is missing is answered 404, but for who may make it', async () => {
    const harness = new Harness(undefined, { autoCreate: false });
    await expect(harness.join('alice')).rejects.toThrow('404 requested room does not exist');
    expect(harness.service.metrics().joinFailures[404]).toBe(1);
    expect(harness.sfu.rooms.size).toBe(0);
    await harness.join('bob', { video: { roomCreate: true } });
    await harness.join('alice');
  });

  test('does the add_track requests of the join before its offer', async () => {
    const client = await new Harness().join('alice', { request: { addTrackRequests: [{ cid: 'a' }] } });
    expect(client.messages.map((message) => message.case)).toEqual([
      'join',
      'update',
      'trackPublished',
      'answer',
    ]);
  });

  test('answers 503 when there are too many rooms or participants', async () => {
    const harness = new Harness({ rooms: 1, participantsPerRoom: 1 });
    await harness.join('alice');
    await expect(harness.join('bob')).rejects.toThrow('503 The room "lobby" is full');
    expect(harness.server.transports.map(({ state }) => state)).toEqual(['new', 'closed']);
    await expect(harness.join('bob', { room: 'other' })).rejects.toThrow('503');
    expect(harness.service.metrics().joinFailures[503]).toBe(2);
  });

  test('answers 503 to who would bring more metadata than a room can tell of, but lets in who brings little', async () => {
    const harness = new Harness({ rooms: 1, participantsPerRoom: 50 });
    const metadata = 'x'.repeat(500_000);
    const large = { video: { canUpdateOwnMetadata: true }, request: { metadata } };
    for (let index = 0; index < 33; index++) await harness.join(`large ${index}`, large);
    await expect(harness.join('one more', large)).rejects.toThrow('503 the participants of the room');
    // Who comes again takes its own place.
    await harness.join('large 0', large);
    const small = await harness.join('small', { video: { canUpdateOwnMetadata: true } });
    const update = (to: string) => {
      small.tell({ case: 'updateMetadata', value: { requestId: 1, metadata: to } });
      harness.advance();
      return small.last('requestResponse').reason;
    };
    expect(update('little')).toBe(RequestResponse_Reason.OK);
    expect(update(metadata)).toBe(RequestResponse_Reason.LIMIT_EXCEEDED);
    expect(harness.service.metrics().joinFailures[503]).toBe(1);
    expect(harness.service.metrics().drops['metadata-refused']).toBe(1);
  });

  test.each([
    ['identity', (text: string) => ({ identity: `ada${text}`, options: {} })],
    ["room's name", (text: string) => ({ identity: 'ada', options: { room: `lobby${text}` } })],
  ])(
    'answers 400 to an %s with characters that do not show, or with a tower of marks',
    async (what, make) => {
      const harness = new Harness();
      for (const text of ['\u202e', '\u0000', '\u200b', '\n', '\u0301'.repeat(100)]) {
        const { identity, options } = make(text);
        await expect(harness.join(identity, options)).rejects.toThrow(
          `400 the ${what} has characters that do not show`,
        );
      }
      const { identity, options } = make(' अम्मा 👩‍👩‍👧 e\u0301');
      await harness.join(identity, options);
    },
  );

  test('takes out of a name what does not show, whoever gave it', async () => {
    const harness = new Harness();
    const tower = `Ada${'\u0301'.repeat(100)}`;
    const client = await harness.join('ada', {
      name: '\u202eadA\nLovelace\u202c',
      video: { canUpdateOwnMetadata: true },
    });
    expect(client.last('join').participant?.name).toBe('adA Lovelace');
    client.tell({ case: 'updateMetadata', value: { requestId: 1, name: tower } });
    harness.advance();
    const [ada] = [...(harness.sfu.rooms.get('lobby')?.participants.values() ?? [])];
    expect(ada?.name.length).toBeLessThan(30);
    expect(ada?.name).toMatch(/^Ada\u0301+$/);
    client.tell({ case: 'updateMetadata', value: { requestId: 2, name: '\u202e\u200b' } });
    harness.advance();
    expect(ada?.name).toMatch(/^Ada/);
  });

  test('tells an earlier session of the same identity to go', async () => {
    const harness = new Harness();
    const first = await harness.join('alice');
    const watcher = await harness.join('bob');
    harness.advance();
    const second = await harness.join('alice');
    expect(first.last('leave')).toMatchObject({
      reason: DisconnectReason.DUPLICATE_IDENTITY,
      action: LeaveRequest_Action.DISCONNECT,
    });
    expect(first.closedWith).toBe('duplicate-identity');
    harness.advance();
    expect(watcher.last('update').participants.map(({ sid, state }) => ({ sid, state }))).toEqual([
      { sid: first.last('join').participant?.sid, state: ParticipantInfo_State.DISCONNECTED },
      { sid: second.last('join').participant?.sid, state: ParticipantInfo_State.JOINED },
    ]);
    first.session?.closed();
    expect(harness.service.metrics().sessions).toBe(2);
    expect(harness.sfu.metrics().participants).toBe(2);
  });

  test('tells a client that wants to resume a session to join anew', async () => {
    const harness = new Harness();
    const client = new FakeClient();
    const resume = joinParameter(new JoinRequest({ reconnect: true, participantSid: 'PA_x' }));
    const answer = await harness.service.connect(request(await token('alice'), resume), client);
    expect(answer.ok).toBe(true);
    expect(client.messages).toHaveLength(1);
    expect(client.last('leave')).toMatchObject({
      reason: DisconnectReason.STATE_MISMATCH,
      action: LeaveRequest_Action.RECONNECT,
      canReconnect: true,
    });
    expect(client.closedWith).toBe('state-mismatch');
    expect(harness.sfu.metrics().participants).toBe(0);
  });

  test("makes the room with the options of its first participant's token", async () => {
    const harness = new Harness();
    const roomConfig = { metadata: 'of the token', maxParticipants: 1, emptyTimeout: 60, agents: [] };
    const alice = await harness.join('alice', { claims: { roomConfig } });
    expect(alice.last('join').room).toMatchObject({ metadata: 'of the token', emptyTimeout: 60 });
    await expect(harness.join('bob', { claims: { roomConfig: { maxParticipants: 9 } } })).rejects.toThrow(
      '503',
    );
    await expect(
      harness.join('carol', { claims: { roomConfig: { maxParticipants: 'nine' } } }),
    ).rejects.toThrow('401 the access token\'s claim "roomConfig" is not what it must be');
  });

  test('that shuts down begins no room, and lets clients into those that are there', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    alice.transport?.setState('connected');
    harness.sfu.drain();
    await expect(harness.join('bob', { room: 'other' })).rejects.toThrow('503 The server is shutting down.');
    await harness.join('bob');
    alice.session?.closed();
    expect((await harness.resume('alice')).all('reconnect')).toHaveLength(1);
  });

  test('tells others that somebody left who is hidden from now on, and of them again later', async () => {
    const harness = new Harness();
    const watcher = await harness.join('watcher');
    await harness.join('alice', { name: 'Alice' });
    const update = (hidden: boolean) =>
      callApi(harness, 'UpdateParticipant', {
        room: 'lobby',
        identity: 'alice',
        permission: { canSubscribe: true, hidden },
      });
    harness.advance();
    await update(true);
    harness.advance();
    const [left] = watcher.last('update').participants;
    expect(left).toMatchObject({ identity: 'alice', state: ParticipantInfo_State.DISCONNECTED, name: '' });
    expect(watcher.last('roomUpdate').room?.numParticipants).toBe(1);
    await update(false);
    harness.advance();
    const [back] = watcher.last('update').participants;
    expect(back).toMatchObject({ sid: left?.sid, state: ParticipantInfo_State.JOINED, name: 'Alice' });
    expect(back?.version).toBeGreaterThan(left?.version ?? 0);
  });

  test('tells of a recording while somebody hidden records', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    expect(alice.last('join').room?.activeRecording).toBe(false);
    const recorder = await harness.join('recorder', { video: { hidden: true, recorder: true } });
    harness.advance();
    expect(alice.last('roomUpdate').room).toMatchObject({ activeRecording: true, numParticipants: 1 });
    recorder.tell({ case: 'leave', value: {} });
    harness.advance();
    expect(alice.last('roomUpdate').room?.activeRecording).toBe(false);
  });

  test('does not show hidden participants to others', async () => {
    const harness = new Harness();
    const ghost = await harness.join('ghost', { video: { hidden: true } });
    const alice = await harness.join('alice');
    harness.advance();
    expect(alice.last('join').otherParticipants).toEqual([]);
    expect(alice.last('join').room?.numParticipants).toBe(1);
    expect(ghost.last('update').participants.map(({ identity }) => identity)).toContain('alice');
  });
});

describe('LiveKitService', () => {
  test('gives a new token soon after the join, every five minutes, and when what it says changes', async () => {
    const harness = new Harness();
    const client = await harness.join('alice', {
      name: 'Alice',
      video: { canPublish: false, canUpdateOwnMetadata: true },
    });
    client.transport?.setState('connected');
    const verify = async () => {
      // Signing goes through the platform's cryptography, which answers later.
      await vi.waitFor(() => client.last('refreshToken'));
      const verifier = new AccessTokenVerifier(new Map([[API_KEY, API_SECRET]]), () => WALL + harness.now);
      const grants = await verifier.verify(client.last('refreshToken'));
      client.takeCases();
      return grants;
    };
    harness.advance();
    expect(await verify()).toMatchObject({
      identity: 'alice',
      name: 'Alice',
      video: { room: 'lobby', roomJoin: true, canPublish: false },
    });
    harness.advance(4 * 60_000);
    client.tell({ case: 'updateMetadata', value: { name: 'Alicia', requestId: 1 } });
    harness.advance();
    expect((await verify()).name).toBe('Alicia');
    harness.advance(5 * 60_000);
    expect((await verify()).name).toBe('Alicia');
  });

  test.each([
    ['five minutes', 300, 600],
    ['six hours', 6 * 3600, 6 * 3600],
    ['thirty days', 30 * 86_400, 30 * 86_400],
  ])(
    'never shortens a token: a new one for %s is good for ten minutes, and for as long as the first was',
    async (_, lifetime, expected) => {
      const harness = new Harness();
      const client = await harness.join('alice', { lifetime });
      harness.advance();
      await vi.waitFor(() => client.last('refreshToken'));
      const { exp = 0 } = decodeJwt(client.last('refreshToken'));
      expect(Math.abs(exp - WALL / 1000 - expected)).toBeLessThanOrEqual(2);
    },
  );

  test('tells everybody to come back when the server goes down', async () => {
    const harness = new Harness();
    const client = await harness.join('alice');
    harness.sfu.close();
    expect(client.last('leave')).toMatchObject({
      reason: DisconnectReason.SERVER_SHUTDOWN,
      action: LeaveRequest_Action.RECONNECT,
    });
    expect(client.closedWith).toBe('server-shutdown');
    expect(harness.service.metrics().sessions).toBe(0);
  });

  test('logs room and participant on each line of a session, and never a token', async () => {
    const harness = new Harness();
    const client = await harness.join('alice');
    client.session?.closed();
    expect(harness.logs.length).toBeGreaterThan(1);
    for (const { fields } of harness.logs) {
      expect(fields).toMatchObject({ room: 'lobby', participant: 'alice' });
      expect(fields.roomSid).toMatch(/^RM_/);
      expect(fields.participantSid).toMatch(/^PA_/);
    }
    expect(JSON.stringify(harness.logs)).not.toMatch(/eyJ|ice-pwd|fingerprint/);
  });
});
