import { ParticipantInfo, Room as RoomInfo, RoomEndReason, WebhookEvent } from '@livekit/protocol';
import type { PartialMessage } from '@bufbuild/protobuf';
import type { Clock } from '@parley/core';
import type { CloseReason, Participant, Publication, Room, SfuObserver } from '@parley/sfu';
import { participantInfo, roomInfo } from '../participant-info.js';
import { trackInfo } from '../track-info.js';

export type WebhookEventName =
  | 'room_started'
  | 'room_finished'
  | 'participant_joined'
  | 'participant_left'
  | 'participant_connection_aborted'
  | 'track_published'
  | 'track_unpublished';

/** An event for those who want to hear of it. Events of one room are in order. */
export interface Webhook {
  event: WebhookEventName;
  /** Name of the room. */
  room: string;
  /** A WebhookEvent in JSON. */
  body: string;
}

const END_REASONS: Partial<Record<CloseReason, RoomEndReason>> = {
  'room-closed': RoomEndReason.ROOM_END_IDLE_TIMEOUT,
  'room-deleted': RoomEndReason.ROOM_END_API_DELETE,
  'server-shutdown': RoomEndReason.ROOM_END_SERVER_SHUTDOWN,
};

/** Makes LiveKit's webhook events of what happens in all rooms. */
export class WebhookEvents implements Omit<SfuObserver, 'onParticipantChanged'> {
  readonly #clock: Clock;
  readonly #emit: (webhook: Webhook) => void;
  /** Whoever never was leaves as an aborted connection. */
  readonly #active = new WeakSet<Participant>();

  constructor(clock: Clock, emit: (webhook: Webhook) => void) {
    this.#clock = clock;
    this.#emit = emit;
  }

  onRoomStarted(room: Room): void {
    this.#send('room_started', room, { room: roomInfo(room) });
  }

  onRoomFinished(room: Room, reason: CloseReason): void {
    const roomEndReason = END_REASONS[reason] ?? RoomEndReason.ROOM_END_UNKNOWN;
    this.#send('room_finished', room, { room: roomInfo(room), roomEndReason });
  }

  onParticipantActive(participant: Participant, room: Room): void {
    this.#active.add(participant);
    this.#send('participant_joined', room, {
      room: roomInfo(room),
      participant: participantInfo(participant),
    });
  }

  onParticipantLeft(participant: Participant, room: Room): void {
    const event = this.#active.has(participant) ? 'participant_left' : 'participant_connection_aborted';
    this.#send(event, room, { room: roomInfo(room), participant: participantInfo(participant) });
  }

  onPublicationStarted(publication: Publication, participant: Participant, room: Room): void {
    this.#sendTrack('track_published', publication, participant, room);
  }

  onPublicationEnded(publication: Publication, participant: Participant, room: Room): void {
    this.#sendTrack('track_unpublished', publication, participant, room);
  }

  /** As in LiveKit, with no more of the room and the participant than what names them. */
  #sendTrack(
    event: WebhookEventName,
    publication: Publication,
    { sid, identity, name }: Participant,
    room: Room,
  ): void {
    this.#send(event, room, {
      room: new RoomInfo({ sid: room.sid, name: room.name }),
      participant: new ParticipantInfo({ sid, identity, name }),
      track: trackInfo(publication),
    });
  }

  #send(event: WebhookEventName, room: Room, details: PartialMessage<WebhookEvent>): void {
    const createdAt = BigInt(Math.floor(this.#clock.wall() / 1000));
    const message = new WebhookEvent({ ...details, event, id: room.createId('EV'), createdAt });
    this.#emit({ event, room: room.name, body: message.toJsonString() });
  }
}
