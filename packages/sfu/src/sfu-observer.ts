import type { Participant } from './participant.js';
import type { Publication } from './publication.js';
import type { Room } from './room.js';
import type { CloseReason } from './types.js';

/**
 * Hears what happens in all rooms, for those who keep count or tell others. Calls come synchronously, out of whatever
 * caused them; what would re-enter is to be done later.
 */
export interface SfuObserver {
  onRoomStarted(room: Room): void;
  /** Its last participants have left already. */
  onRoomFinished(room: Room, reason: CloseReason): void;
  /** Media can flow to and from it for the first time. */
  onParticipantActive(participant: Participant): void;
  /** It is gone, whether it ever was active or not; its publications were closed before. */
  onParticipantLeft(participant: Participant): void;
  onPublicationStarted(publication: Publication): void;
  onPublicationEnded(publication: Publication): void;
}
