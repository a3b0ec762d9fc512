import {
  CreateRoomRequest,
  DeleteRoomRequest,
  ForwardParticipantRequest,
  ListParticipantsRequest,
  ListRoomsResponse,
  MoveParticipantRequest,
  MuteRoomTrackRequest,
  PerformRpcRequest,
  RoomParticipantIdentity,
  SendDataRequest,
  UpdateParticipantRequest,
  UpdateRoomMetadataRequest,
  UpdateSubscriptionsRequest,
} from '@livekit/protocol';
import type { Message, MessageType } from '@bufbuild/protobuf';
import { CONTENT_TYPES, decode, decodeRequest, encode, encodingOf } from './twirp-encoding.js';
import { TwirpError } from './twirp-error.js';
import type { TwirpRequest, TwirpResponse } from './twirp-handler.js';

/** Which rooms a call of the server API is about; `none` is for whoever is asked to refuse. */
export type ApiScope = { of: 'room'; room: string } | { of: 'all-rooms' } | { of: 'none' };

const PATH_PREFIX = '/twirp/livekit.RoomService/';
const LIST_ROOMS = 'ListRooms';
const UNAVAILABLE = 503;

/** By method, what reads the name of the room. */
const ROOM_OF: ReadonlyMap<string, (request: TwirpRequest) => string> = new Map([
  ['CreateRoom', (request) => read(CreateRoomRequest, request).name],
  ['DeleteRoom', (request) => read(DeleteRoomRequest, request).room],
  ['UpdateRoomMetadata', (request) => read(UpdateRoomMetadataRequest, request).room],
  ['ListParticipants', (request) => read(ListParticipantsRequest, request).room],
  ['GetParticipant', (request) => read(RoomParticipantIdentity, request).room],
  ['RemoveParticipant', (request) => read(RoomParticipantIdentity, request).room],
  ['UpdateParticipant', (request) => read(UpdateParticipantRequest, request).room],
  ['MutePublishedTrack', (request) => read(MuteRoomTrackRequest, request).room],
  ['UpdateSubscriptions', (request) => read(UpdateSubscriptionsRequest, request).room],
  ['SendData', (request) => read(SendDataRequest, request).room],
  ['PerformRpc', (request) => read(PerformRpcRequest, request).room],
  ['ForwardParticipant', (request) => read(ForwardParticipantRequest, request).room],
  ['MoveParticipant', (request) => read(MoveParticipantRequest, request).room],
]);

/** For whoever has rooms in several places: whom a call of the server API is for, before anything of it is believed. */
export function apiScope(request: TwirpRequest): ApiScope {
  const method = request.path.startsWith(PATH_PREFIX) ? request.path.slice(PATH_PREFIX.length) : '';
  if (method === LIST_ROOMS) return { of: 'all-rooms' };
  try {
    const room = ROOM_OF.get(method)?.(request) ?? '';
    return room === '' ? { of: 'none' } : { of: 'room', room };
  } catch (error) {
    if (error instanceof TwirpError) return { of: 'none' };
    throw error;
  }
}

/**
 * One answer of those that several places gave to `ListRooms`, of which there is at least one.
 *
 * A place that is unavailable has no rooms; a refusal by any other is the answer.
 */
export function mergeRoomLists(answers: readonly [TwirpResponse, ...TwirpResponse[]]): TwirpResponse {
  const available = answers.filter(({ status }) => status !== UNAVAILABLE);
  const refusal = available.find(({ status }) => status !== 200);
  const [first] = available;
  if (refusal !== undefined) return refusal;
  if (first === undefined) return answers[0];
  const encoding = encodingOf(first.contentType);
  const rooms = available.flatMap(({ body }) => decode(ListRoomsResponse, encoding, body).rooms);
  return {
    status: 200,
    contentType: CONTENT_TYPES[encoding],
    body: encode(new ListRoomsResponse({ rooms }), encoding),
  };
}

function read<T extends Message<T>>(type: MessageType<T>, { contentType, body }: TwirpRequest): T {
  return decodeRequest(type, encodingOf(contentType), body);
}
