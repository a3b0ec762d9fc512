import type { Participant } from './participant.js';
import type { Publication } from './publication.js';
import type { Room, RoomObserver } from './room.js';
import type { CloseReason } from './types.js';

/** Hears what happens in all rooms. */
export interface SfuObserver extends RoomObserver {
  onRoomStarted(room: Room): void;
  /** Its last participants have left already. */
  onRoomFinished(room: Room, reason: CloseReason): void;
}

/** Several observers as one, each of whom may be deaf to some of it. */
export class SfuObservers implements SfuObserver {
  readonly #observers: Partial<SfuObserver>[] = [];

  add(observer: Partial<SfuObserver>): void {
    this.#observers.push(observer);
  }

  onRoomStarted(room: Room): void {
    for (const observer of this.#observers) observer.onRoomStarted?.(room);
  }

  onRoomFinished(room: Room, reason: CloseReason): void {
    for (const observer of this.#observers) observer.onRoomFinished?.(room, reason);
  }

  onParticipantActive(participant: Participant, room: Room): void {
    for (const observer of this.#observers) observer.onParticipantActive?.(participant, room);
  }

  onParticipantLeft(participant: Participant, room: Room): void {
    for (const observer of this.#observers) observer.onParticipantLeft?.(participant, room);
  }

  onPublicationStarted(publication: Publication, participant: Participant, room: Room): void {
    for (const observer of this.#observers) observer.onPublicationStarted?.(publication, participant, room);
  }

  onPublicationEnded(publication: Publication, participant: Participant, room: Room): void {
    for (const observer of this.#observers) observer.onPublicationEnded?.(publication, participant, room);
  }

  onParticipantChanged(participant: Participant, room: Room): void {
    for (const observer of this.#observers) observer.onParticipantChanged?.(participant, room);
  }
}
