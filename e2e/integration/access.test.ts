import { Room } from '@livekit/rtc-node';
import { describe, expect, test } from 'vitest';
import { freshRoom, me, participantOf, subscribedTrack, useParticipants } from '../support/participants.js';
import { type ParleyServer, type TokenOptions, useServer } from '../support/server.js';
import { joinRequest, upgrade } from '../support/signal.js';
import { useTones } from '../support/tone.js';

const server = useServer();
const join = useParticipants(server);
const tone = useTones();

const room = 'a-room';
const expiredTwoMinutesAgo = -120;

const refused: {
  why: string;
  status: number;
  token: (running: ParleyServer) => Promise<string | undefined>;
}[] = [
  { why: 'no token', status: 401, token: () => Promise.resolve(undefined) },
  { why: 'a token that is none', status: 401, token: () => Promise.resolve('not.a.token') },
  {
    why: 'a wrong secret',
    status: 401,
    token: signed({ secret: 'another-secret-of-more-than-thirty-two-characters' }),
  },
  { why: 'an expired token', status: 401, token: signed({ ttl: expiredTwoMinutesAgo }) },
  { why: 'a token without roomJoin', status: 401, token: signed({ grant: { room } }) },
  { why: 'a token without a room', status: 400, token: signed({ grant: { roomJoin: true } }) },
];

function signed(options: Partial<TokenOptions>): (running: ParleyServer) => Promise<string> {
  return (running) => running.token({ identity: 'alice', grant: { roomJoin: true, room }, ...options });
}

function validate(token: string | undefined): Promise<Response> {
  return fetch(`${server().url}/rtc/v1/validate?join_request=${joinRequest()}`, {
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
  });
}

describe.each(refused)('with $why', ({ status, token }) => {
  test(`validate answers ${status}`, async () => {
    const answer = await validate(await token(server()));
    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  test(`the WebSocket upgrade answers ${status}`, async () => {
    const given = await token(server());
    const answer = await upgrade(server().webSocketUrl, given === undefined ? {} : { token: given });
    expect(answer.status).toBe(status);
  });
});

test('validate answers "success" to a good token, in the header and in the query', async () => {
  const token = await signed({})(server());
  const byHeader = await validate(token);
  expect([byHeader.status, await byHeader.text()]).toEqual([200, 'success']);
  const byQuery = await fetch(
    `${server().url}/rtc/v1/validate?access_token=${token}&join_request=${joinRequest()}`,
  );
  expect([byQuery.status, await byQuery.text()]).toEqual([200, 'success']);
});

test('a token in the query opens the WebSocket', async () => {
  const token = await signed({})(server());
  const answer = await upgrade(server().webSocketUrl, {
    query: `access_token=${token}&join_request=${joinRequest()}`,
  });
  answer.socket?.terminate();
  expect(answer.status).toBe(101);
});

test.each([
  '',
  'join_request=',
  'join_request=%00%FF',
  'join_request=AAAA',
  `join_request=${'A'.repeat(20_000)}`,
])('a join request that cannot be decoded is refused with 400: %.30s', async (query) => {
  const answer = await upgrade(server().webSocketUrl, { token: await signed({})(server()), query });
  answer.socket?.terminate();
  expect(answer.status).toBe(400);
});

test('the SDK is told why it cannot connect', async () => {
  const token = await signed({ secret: 'another-secret-of-more-than-thirty-two-characters' })(server());
  await expect(new Room().connect(server().webSocketUrl, token)).rejects.toThrow(/401|unauthorized|invalid/i);
});

test('who may not publish cannot, and hears the others all the same', async () => {
  const name = freshRoom();
  const alice = await join(name, 'alice');
  const listener = await join(name, 'listener', { grant: { canPublish: false } });
  const heard = tone(440);
  await heard.publish(alice);
  await subscribedTrack(listener, 'alice', heard.name);

  await expect(tone(880).publish(listener)).rejects.toThrow();
  expect((await participantOf(alice, 'listener')).trackPublications.size).toBe(0);
});

test('who may not subscribe is sent no tracks', async () => {
  const name = freshRoom();
  const alice = await join(name, 'alice');
  const deaf = await join(name, 'deaf', { grant: { canSubscribe: false } });
  const bob = await join(name, 'bob');
  const sent = tone(440);
  await sent.publish(alice);

  await subscribedTrack(bob, 'alice', sent.name);
  expect(
    [...(deaf.remoteParticipants.get('alice')?.trackPublications.values() ?? [])].some(({ track }) => track),
  ).toBe(false);
  expect(me(deaf).identity).toBe('deaf');
});
