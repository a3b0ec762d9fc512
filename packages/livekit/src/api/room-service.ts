import type { ParticipantPermission } from '@livekit/protocol';
import {
  CreateRoomRequest,
  DataPacket,
  DataPacket_Kind,
  DeleteRoomRequest,
  DeleteRoomResponse,
  ForwardParticipantRequest,
  ListParticipantsRequest,
  ListParticipantsResponse,
  ListRoomsRequest,
  ListRoomsResponse,
  MoveParticipantRequest,
  MuteRoomTrackRequest,
  MuteRoomTrackResponse,
  PerformRpcRequest,
  PerformRpcResponse,
  RemoveParticipantResponse,
  RoomParticipantIdentity,
  SendDataRequest,
  SendDataResponse,
  UpdateParticipantRequest,
  UpdateRoomMetadataRequest,
  UpdateSubscriptionsRequest,
  UpdateSubscriptionsResponse,
} from '@livekit/protocol';
import { isPlainText, plainText } from '@parley/contract';
import type { Clock } from '@parley/core';
import type { Participant, Room, Sfu } from '@parley/sfu';
import type { AccessGrants } from '@parley/access';
import { checkRoomSize, checkSizes, type OwnMetadata } from '../own-metadata.js';
import { participantInfo, permissionsFrom, roomInfo } from '../participant-info.js';
import { roomSettings } from '../room-settings.js';
import { trackInfo } from '../track-info.js';
import { requireAdmin, requireCreate, requireDestination, requireList } from './permissions.js';
import { NonceCache } from './nonce-cache.js';
import type { RpcCalls } from './rpc-calls.js';
import { TwirpError, invalidArgument } from './twirp-error.js';
import { twirpMethod, type TwirpMethod } from './twirp-method.js';

export interface RoomServiceOptions {
  sfu: Sfu;
  clock: Clock;
  rpcCalls: RpcCalls;
  /** Whether the server may unmute a participant's track, which turns on their microphone without their doing. */
  remoteUnmute: boolean;
}

/** Characters. */
const MAX_ROOM_NAME_LENGTH = 256;
/** Bytes. */
const MAX_DATA_LENGTH = 250 * 1024;
const NONCE_LENGTH = 16;

/** `livekit.RoomService`: rooms and participants, for applications' back ends. */
export class RoomService {
  readonly methods: ReadonlyMap<string, TwirpMethod>;
  readonly #options: RoomServiceOptions;
  readonly #nonces = new NonceCache();

  constructor(options: RoomServiceOptions) {
    this.#options = options;
    this.methods = new Map([
      ['CreateRoom', twirpMethod(CreateRoomRequest, (...call) => this.#createRoom(...call))],
      ['ListRooms', twirpMethod(ListRoomsRequest, (...call) => this.#listRooms(...call))],
      ['DeleteRoom', twirpMethod(DeleteRoomRequest, (...call) => this.#deleteRoom(...call))],
      [
        'UpdateRoomMetadata',
        twirpMethod(UpdateRoomMetadataRequest, (...call) => this.#updateRoomMetadata(...call)),
      ],
      [
        'ListParticipants',
        twirpMethod(ListParticipantsRequest, (...call) => this.#listParticipants(...call)),
      ],
      ['GetParticipant', twirpMethod(RoomParticipantIdentity, (...call) => this.#getParticipant(...call))],
      [
        'RemoveParticipant',
        twirpMethod(RoomParticipantIdentity, (...call) => this.#removeParticipant(...call)),
      ],
      [
        'UpdateParticipant',
        twirpMethod(UpdateParticipantRequest, (...call) => this.#updateParticipant(...call)),
      ],
      [
        'MutePublishedTrack',
        twirpMethod(MuteRoomTrackRequest, (...call) => this.#mutePublishedTrack(...call)),
      ],
      [
        'UpdateSubscriptions',
        twirpMethod(UpdateSubscriptionsRequest, (...call) => this.#updateSubscriptions(...call)),
      ],
      ['SendData', twirpMethod(SendDataRequest, (...call) => this.#sendData(...call))],
      ['PerformRpc', twirpMethod(PerformRpcRequest, (...call) => this.#performRpc(...call))],
      ['ForwardParticipant', twirpMethod(ForwardParticipantRequest, refuseTransfer)],
      ['MoveParticipant', twirpMethod(MoveParticipantRequest, refuseTransfer)],
    ]);
  }

  /** A room that is there already stays as it is. */
  #createRoom(request: CreateRoomRequest, grants: AccessGrants) {
    requireCreate(grants);
    const { name, metadata } = request;
    if (name === '') throw invalidArgument('name', 'no room name');
    if (name.length > MAX_ROOM_NAME_LENGTH)
      throw invalidArgument('name', `the room's name is longer than ${MAX_ROOM_NAME_LENGTH} characters`);
    if (!isPlainText(name))
      throw invalidArgument(
        'name',
        "the room's name has characters that do not show, or too many marks on one",
      );
    checkLimits({ metadata });
    if (request.egress) throw new TwirpError('unimplemented', 'egress is not supported');
    return roomInfo(this.#options.sfu.room(name, roomSettings(request)));
  }

  #listRooms({ names }: ListRoomsRequest, grants: AccessGrants) {
    requireList(grants);
    const { rooms } = this.#options.sfu;
    const wanted = new Set(names);
    const found = [...rooms.values()].filter(({ name }) => wanted.size === 0 || wanted.has(name));
    return new ListRoomsResponse({ rooms: found.map(roomInfo) });
  }

  #deleteRoom({ room }: DeleteRoomRequest, grants: AccessGrants) {
    requireCreate(grants);
    this.#room(room).close('room-deleted');
    return new DeleteRoomResponse();
  }

  #updateRoomMetadata({ room: name, metadata }: UpdateRoomMetadataRequest, grants: AccessGrants) {
    requireAdmin(grants, name);
    checkLimits({ metadata });
    const room = this.#room(name);
    room.configure({ metadata });
    return roomInfo(room);
  }

  /** Of a room that is not there, nobody. */
  #listParticipants({ room: name }: ListParticipantsRequest, grants: AccessGrants) {
    requireAdmin(grants, name);
    const room = this.#options.sfu.rooms.get(name);
    const participants = room ? [...room.participants.values()] : [];
    return new ListParticipantsResponse({ participants: participants.map(participantInfo) });
  }

  #getParticipant({ room, identity }: RoomParticipantIdentity, grants: AccessGrants) {
    requireAdmin(grants, room);
    return participantInfo(this.#participant(room, identity));
  }

  #removeParticipant({ room, identity }: RoomParticipantIdentity, grants: AccessGrants) {
    requireAdmin(grants, room);
    this.#participant(room, identity).disconnect('participant-removed');
    return new RemoveParticipantResponse();
  }

  #updateParticipant(request: UpdateParticipantRequest, grants: AccessGrants) {
    const { room, identity, name, metadata, permission } = request;
    requireAdmin(grants, room);
    const participant = this.#participant(room, identity);
    const attributes = { ...participant.attributes, ...request.attributes };
    checkLimits({ name, metadata, attributes });
    const own = { metadata: metadata === '' ? participant.metadata : metadata, attributes };
    const tooMuch = checkRoomSize(participant.room, identity, own);
    if (tooMuch !== undefined) throw new TwirpError('resource_exhausted', tooMuch);
    const shown = plainText(name);
    if (shown !== '') participant.setName(shown);
    if (metadata !== '') participant.setMetadata(metadata);
    if (Object.keys(request.attributes).length > 0) participant.setAttributes(request.attributes);
    if (permission) updatePermissions(participant, permission);
    return participantInfo(participant);
  }

  #mutePublishedTrack({ room, identity, trackSid, muted }: MuteRoomTrackRequest, grants: AccessGrants) {
    requireAdmin(grants, room);
    const participant = this.#participant(room, identity);
    if (!muted && !this.#options.remoteUnmute)
      throw new TwirpError('failed_precondition', 'remote unmute not enabled');
    const publication = participant.muteTrack(trackSid, muted);
    if (!publication) throw new TwirpError('not_found', 'track is not found');
    return new MuteRoomTrackResponse({ track: trackInfo(publication) });
  }

  /** Tracks that the room does not have are passed over: they may have gone meanwhile. */
  #updateSubscriptions(request: UpdateSubscriptionsRequest, grants: AccessGrants) {
    const { room, identity, trackSids, participantTracks, subscribe } = request;
    requireAdmin(grants, room);
    const participant = this.#participant(room, identity);
    const more = participantTracks.flatMap((tracks) => tracks.trackSids);
    participant.setSubscribed([...trackSids, ...more], subscribe);
    return new UpdateSubscriptionsResponse();
  }

  #sendData(request: SendDataRequest, grants: AccessGrants) {
    const { room: name, data, nonce } = request;
    requireAdmin(grants, name);
    if (nonce.length !== 0 && nonce.length !== NONCE_LENGTH)
      throw invalidArgument('nonce', `the nonce has ${nonce.length} bytes: write ${NONCE_LENGTH} or none`);
    if (data.length > MAX_DATA_LENGTH)
      throw invalidArgument('data', `the data is longer than ${MAX_DATA_LENGTH} bytes`);
    const room = this.#room(name);
    if (!this.#nonces.isRepeated(room.sid, nonce, this.#options.clock.now())) deliver(room, request);
    return new SendDataResponse();
  }

  async #performRpc(request: PerformRpcRequest, grants: AccessGrants) {
    const { room, destinationIdentity, method, payload, responseTimeoutMs } = request;
    requireAdmin(grants, room);
    if (destinationIdentity === '')
      throw invalidArgument('destination_identity', 'the destination identity is missing');
    const participant = this.#participant(room, destinationIdentity);
    const call = { method, payload, responseTimeout: responseTimeoutMs };
    return new PerformRpcResponse({ payload: await this.#options.rpcCalls.perform(participant, call) });
  }

  #room(name: string): Room {
    const room = this.#options.sfu.rooms.get(name);
    if (!room) throw new TwirpError('not_found', 'requested room does not exist');
    return room;
  }

  #participant(room: string, identity: string): Participant {
    const participant = this.#room(room).participants.get(identity);
    if (!participant) throw new TwirpError('not_found', 'participant does not exist');
    return participant;
  }
}

/** Parts of LiveKit's protocol that its open-source server does not do either. */
function refuseTransfer(
  { room, destinationRoom }: ForwardParticipantRequest | MoveParticipantRequest,
  grants: AccessGrants,
): never {
  requireDestination(grants, room, destinationRoom);
  if (room === destinationRoom)
    throw invalidArgument('destination_room', 'destination room cannot be the same as source room');
  throw new TwirpError('unimplemented', 'not implemented');
}

/** @throws TwirpError that names the field that is too long. */
function checkLimits(given: Partial<OwnMetadata>): void {
  const fields: Partial<OwnMetadata>[] = [
    { name: given.name ?? '' },
    { metadata: given.metadata ?? '' },
    { attributes: given.attributes ?? {} },
  ];
  for (const field of fields) {
    const tooLong = checkSizes({ name: '', metadata: '', attributes: {}, ...field });
    if (tooLong !== undefined) throw invalidArgument(Object.keys(field).join(), tooLong);
  }
}

function updatePermissions(participant: Participant, permission: ParticipantPermission): void {
  participant.setPermissions(permissionsFrom(permission));
}

/** To everybody, unless the request names somebody. */
function deliver(room: Room, request: SendDataRequest): void {
  const { data, kind, topic, nonce, destinationIdentities, destinationSids } = request;
  const user = {
    payload: data,
    nonce,
    destinationIdentities,
    destinationSids,
    ...(topic !== undefined && { topic }),
  };
  const packet = new DataPacket({
    kind,
    destinationIdentities,
    value: { case: 'user', value: user },
  }).toBinary();
  const named = new Set([...destinationIdentities, ...destinationSids]);
  for (const participant of room.participants.values()) {
    if (named.size > 0 && !named.has(participant.identity) && !named.has(participant.sid)) continue;
    participant.deliverData(kind === DataPacket_Kind.LOSSY ? 'lossy' : 'reliable', packet);
  }
}
