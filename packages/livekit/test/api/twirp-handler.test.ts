import { CreateRoomRequest, Room } from '@livekit/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TwirpRequest } from '../../src/index.js';
import { callApi } from '../support/api-client.js';
import { Harness, token } from '../support/harness.js';

const PATH = '/twirp/livekit.RoomService/CreateRoom';

async function request(given: Partial<TwirpRequest> = {}): Promise<TwirpRequest> {
  const authorization = `Bearer ${await token('', { video: { roomCreate: true } })}`;
  const body = Buffer.from('{"name":"lobby"}');
  return { path: PATH, contentType: 'application/json', authorization, body, ...given };
}

function text(body: Uint8Array): unknown {
  return JSON.parse(Buffer.from(body).toString());
}

describe('TwirpHandler.handle()', () => {
  test('answers protobuf with protobuf', async () => {
    const body = new CreateRoomRequest({ name: 'lobby', metadata: 'made' }).toBinary();
    const answer = await new Harness().service.callApi(
      await request({ contentType: 'application/protobuf', body }),
    );
    expect(answer).toMatchObject({ status: 200, contentType: 'application/protobuf' });
    expect(Room.fromBinary(answer.body)).toMatchObject({ name: 'lobby', metadata: 'made' });
  });

  test.each([
    ['snake_case', { name: 'lobby', empty_timeout: 7 }],
    ['camelCase', { name: 'lobby', emptyTimeout: 7 }],
    ['fields that are not known', { name: 'lobby', emptyTimeout: 7, invented: { by: 'us' } }],
  ])('reads JSON with %s, and answers every field in snake_case', async (_what, given) => {
    const { status, contentType, json } = await callApi(new Harness(), 'CreateRoom', given);
    expect({ status, contentType }).toEqual({ status: 200, contentType: 'application/json' });
    expect(json).toMatchObject({ name: 'lobby', empty_timeout: 7, num_participants: 0, metadata: '' });
  });

  test.each<[string, Partial<TwirpRequest>, number, unknown]>([
    [
      'an unknown method',
      { path: '/twirp/livekit.RoomService/Invent' },
      404,
      { code: 'bad_route', msg: 'no handler for path "/twirp/livekit.RoomService/Invent"' },
    ],
    ['an unknown service', { path: '/twirp/__proto__/toString' }, 404, { code: 'bad_route' }],
    [
      'another content type',
      { contentType: 'text/plain' },
      404,
      { code: 'bad_route', msg: 'unexpected Content-Type: "text/plain"' },
    ],
    ['no token', { authorization: '' }, 401, { code: 'unauthenticated', msg: 'the access token is missing' }],
    ['JSON that is none', { body: Buffer.from('{') }, 400, { code: 'malformed' }],
    ['JSON of another shape', { body: Buffer.from('{"name":{}}') }, 400, { code: 'malformed' }],
    [
      'protobuf that is none',
      { contentType: 'application/protobuf', body: Buffer.from([0xff]) },
      400,
      { code: 'malformed', msg: 'the protobuf request could not be decoded' },
    ],
    [
      'JSON of more values than can be read while media waits',
      { body: Buffer.from(`{"name":"a","agents":[${Array(20_001).fill('{}').join()}]}`) },
      429,
      { code: 'resource_exhausted', msg: 'the request has more than 20000 values: send several' },
    ],
    [
      'protobuf of as many',
      { contentType: 'application/protobuf', body: Buffer.alloc(50_000, Uint8Array.of(0x72, 0)) },
      429,
      { code: 'resource_exhausted' },
    ],
  ])('refuses %s', async (_what, given, status, refusal) => {
    const answer = await new Harness().service.callApi(await request(given));
    expect(answer).toMatchObject({ status, contentType: 'application/json' });
    expect(text(answer.body)).toMatchObject(refusal as object);
  });

  test('says what is full with resource_exhausted', async () => {
    const harness = new Harness({ rooms: 1, participantsPerRoom: 1 });
    await callApi(harness, 'CreateRoom', { name: 'first' });
    expect(await callApi(harness, 'CreateRoom', { name: 'second' })).toMatchObject({
      status: 429,
      json: { code: 'resource_exhausted', msg: 'The server is full: 1 rooms at most.' },
    });
  });

  test('any body gets an answer that is no failure of the server', async () => {
    const harness = new Harness();
    const { authorization } = await request();
    const contentTypes = fc.constantFrom('application/json', 'application/protobuf');
    await fc.assert(
      fc.asyncProperty(contentTypes, fc.uint8Array({ maxLength: 64 }), async (contentType, body) => {
        const { status } = await harness.service.callApi({ path: PATH, contentType, authorization, body });
        expect(status).toBeLessThan(500);
      }),
      { seed: 1, numRuns: 300 },
    );
    expect(harness.logs.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
