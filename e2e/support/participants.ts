import { randomUUID } from 'node:crypto';
import {
  dispose,
  type RemoteParticipant,
  type RemoteTrackPublication,
  Room,
  type RoomOptions,
} from '@livekit/rtc-node';
import type { VideoGrant } from 'livekit-server-sdk';
import { afterAll, afterEach } from 'vitest';
import type { ParleyServer } from './server.js';
import { waitFor } from './wait.js';

export interface JoinOptions {
  name?: string;
  metadata?: string;
  attributes?: Record<string, string>;
  grant?: Partial<VideoGrant>;
  options?: Partial<RoomOptions>;
  /** Called before connecting, so that no event is missed. */
  prepare?: (room: Room) => void;
}

export type Join = (room: string, identity: string, options?: JoinOptions) => Promise<Room>;

/** Joins with LiveKit's own SDK for Node.js; everyone leaves after each test. */
export function useParticipants(server: () => Pick<ParleyServer, 'token' | 'webSocketUrl'>): Join {
  const rooms: Room[] = [];
  afterEach(async () => {
    await Promise.all(rooms.splice(0).map((room) => room.disconnect()));
  });
  afterAll(async () => {
    await dispose();
  });
  return async (roomName, identity, { grant, options, prepare, ...claims } = {}) => {
    const room = new Room();
    rooms.push(room);
    prepare?.(room);
    const token = await server().token({
      identity,
      ...claims,
      grant: { roomJoin: true, room: roomName, canUpdateOwnMetadata: true, ...grant },
    });
    await room.connect(server().webSocketUrl, token, { autoSubscribe: true, dynacast: false, ...options });
    return room;
  };
}

/** A room name that no other test uses. */
export function freshRoom(): string {
  return `room-${randomUUID()}`;
}

/** The local participant of a connected room. */
export function me(room: Room): NonNullable<Room['localParticipant']> {
  if (room.localParticipant === undefined) throw new Error('Not connected.');
  return room.localParticipant;
}

/** Waits until `room` sees the participant. */
export function participantOf(room: Room, identity: string): Promise<RemoteParticipant> {
  return waitFor(`${identity} being in the room`, () => room.remoteParticipants.get(identity));
}

/** Waits until `room` has a track of that participant and that name, with media attached. */
export function subscribedTrack(
  room: Room,
  identity: string,
  name: string,
): Promise<NonNullable<RemoteTrackPublication['track']>> {
  return waitFor(`the track ${name} of ${identity}`, () => {
    for (const publication of room.remoteParticipants.get(identity)?.trackPublications.values() ?? []) {
      if (publication.name === name && publication.track !== undefined) return publication.track;
    }
    return undefined;
  });
}
