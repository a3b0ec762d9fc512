import { CreateRoomRequest, ListRoomsResponse, Room, SendDataRequest } from '@livekit/protocol';
import { Sfu } from '@parley/sfu';
import { describe, expect, it } from 'vitest';
import { apiScope, mergeRoomLists } from '../../src/api/room-routing.js';
import { RoomService } from '../../src/api/room-service.js';
import { RpcCalls } from '../../src/api/rpc-calls.js';
import type { TwirpResponse } from '../../src/api/twirp-handler.js';

const PROTOBUF = 'application/protobuf';
const JSON_TYPE = 'application/json';

function request(method: string, contentType: string, body: Uint8Array) {
  return { path: `/twirp/livekit.RoomService/${method}`, contentType, authorization: '', body };
}

function list(contentType: string, ...names: string[]): TwirpResponse {
  const message = new ListRoomsResponse({ rooms: names.map((name) => new Room({ name })) });
  const body = contentType === JSON_TYPE ? Buffer.from(message.toJsonString()) : message.toBinary();
  return { status: 200, contentType, body };
}

function refusal(status: number): TwirpResponse {
  return { status, contentType: JSON_TYPE, body: Buffer.from(`{"code":"${status}"}`) };
}

describe('mergeRoomLists', () => {
  it('reads as many rooms as there are: they are no request', () => {
    const names = Array.from({ length: 15_000 }, (_, index) => `room ${index}`);
    const merged = mergeRoomLists([list(JSON_TYPE, ...names), list(JSON_TYPE, 'last')]);
    expect(ListRoomsResponse.fromJsonString(Buffer.from(merged.body).toString()).rooms).toHaveLength(15_001);
  });
});

describe('apiScope', () => {
  it('reads the room of every method of the service, but for the one that is about all of them', () => {
    const clock = { now: () => 0, wall: () => 0 };
    const random = (bytes: number) => new Uint8Array(bytes);
    const limits = { rooms: 1, participantsPerRoom: 1, publicationsPerParticipant: 1 };
    const sfu = new Sfu({ clock, random, limits });
    const rpcCalls = new RpcCalls(clock, random);
    const { methods } = new RoomService({ sfu, clock, rpcCalls, remoteUnmute: false });
    for (const method of methods.keys()) {
      const body = { [method === 'CreateRoom' ? 'name' : 'room']: 'lobby' };
      const scope = apiScope(request(method, JSON_TYPE, Buffer.from(JSON.stringify(body))));
      expect([method, scope]).toEqual([
        method,
        method === 'ListRooms' ? { of: 'all-rooms' } : { of: 'room', room: 'lobby' },
      ]);
    }
  });

  it('reads protobuf too', () => {
    const create = new CreateRoomRequest({ name: 'lobby' }).toBinary();
    expect(apiScope(request('CreateRoom', PROTOBUF, create))).toEqual({ of: 'room', room: 'lobby' });
    const data = new SendDataRequest({ data: new Uint8Array(3), room: 'lobby' }).toBinary();
    expect(apiScope(request('SendData', PROTOBUF, data))).toEqual({ of: 'room', room: 'lobby' });
  });

  it('names none where the request does not, whatever is wrong with it', () => {
    const body = Buffer.from('{"room":"lobby"}');
    for (const wrong of [
      request('CreateRoom', JSON_TYPE, Buffer.from('{}')),
      request('DeleteRoom', JSON_TYPE, Buffer.from('{')),
      request('DeleteRoom', 'text/plain', body),
      request('toString', JSON_TYPE, body),
      { ...request('DeleteRoom', JSON_TYPE, body), path: '/twirp/livekit.Egress/DeleteRoom' },
    ])
      expect(apiScope(wrong)).toEqual({ of: 'none' });
  });
});

describe('mergeRoomLists', () => {
  it.each([PROTOBUF, JSON_TYPE])('joins the lists (%s)', (contentType) => {
    const { body, ...merged } = mergeRoomLists([
      list(contentType, 'a', 'b'),
      list(contentType),
      list(contentType, 'c'),
    ]);
    expect(merged).toEqual({ status: 200, contentType });
    const { rooms } =
      contentType === JSON_TYPE
        ? ListRoomsResponse.fromJsonString(Buffer.from(body).toString())
        : ListRoomsResponse.fromBinary(body);
    expect(rooms.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('does without those that are unavailable, unless all are', () => {
    expect(mergeRoomLists([refusal(503), list(PROTOBUF, 'a')]).status).toBe(200);
    expect(mergeRoomLists([refusal(503), refusal(503)])).toEqual(refusal(503));
  });

  it('refuses as any of them does', () => {
    expect(mergeRoomLists([list(PROTOBUF, 'a'), refusal(401)])).toEqual(refusal(401));
    expect(mergeRoomLists([refusal(503), refusal(401)])).toEqual(refusal(401));
  });
});
