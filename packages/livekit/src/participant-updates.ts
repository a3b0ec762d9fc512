import type { ParticipantInfo } from '@livekit/protocol';
import { ParticipantUpdate, RoomUpdate, SpeakerInfo, SpeakersChanged } from '@livekit/protocol';
import type { Participant, Room, SpeakerChange } from '@parley/sfu';
import type { Broadcasts } from './broadcasts.js';
import { departedInfo, participantInfo, roomInfo } from './participant-info.js';
import type { SignalChannel } from './signal-channel.js';

/**
 * What one client is told of the room and the people in it. Changes are collected, so that several of one participant
 * are one update; whoever sends something that names participants calls `flush` before.
 */
export class ParticipantUpdates {
  readonly #channel: SignalChannel;
  readonly #self: Participant;
  readonly #room: Room;
  readonly #broadcasts: Broadcasts;
  /** By sid, in the order of their first change: an earlier session of an identity leaves before the next one joins. */
  readonly #changed = new Map<string, Participant>();
  readonly #speakers = new Map<string, SpeakerChange>();
  #roomChanged = false;
  /** Participants when the client was told of the room last. */
  #participants: number;

  constructor(channel: SignalChannel, self: Participant, room: Room, broadcasts: Broadcasts) {
    this.#channel = channel;
    this.#self = self;
    this.#room = room;
    this.#broadcasts = broadcasts;
    this.#participants = this.#room.participants.size;
  }

  participantChanged(participant: Participant): void {
    this.#changed.set(participant.sid, participant);
  }

  speakersChanged(changes: readonly SpeakerChange[]): void {
    for (const change of changes) this.#speakers.set(change.participant.sid, change);
  }

  roomChanged(): void {
    this.#roomChanged = true;
  }

  /** The client may have missed something: tells it of everybody and of the room again, and who left meanwhile. */
  flushAll(): void {
    for (const participant of this.#room.participants.values()) {
      const isKnown = participant.state !== 'joining' && !participant.permissions.hidden;
      if (isKnown || participant === this.#self) this.#changed.set(participant.sid, participant);
    }
    this.#roomChanged = true;
    this.flush();
  }

  /** Sends what has changed since the last call. */
  flush(): void {
    this.#flushParticipants();
    if (this.#roomChanged || this.#participants !== this.#room.participants.size) {
      this.#roomChanged = false;
      this.#participants = this.#room.participants.size;
      const { participants, sid } = this.#room;
      const message = this.#broadcasts.message(`room ${sid} ${participants.size}`, () => ({
        case: 'roomUpdate',
        value: new RoomUpdate({ room: roomInfo(this.#room) }),
      }));
      this.#channel.sendEncoded(message);
    }
    this.#flushSpeakers();
  }

  #flushParticipants(): void {
    if (this.#changed.size === 0) return;
    const changed = [...this.#changed.values()];
    this.#changed.clear();
    const states = changed.map((each) => `${each.sid} ${each.version} ${this.#isSeen(each)}`);
    const message = this.#broadcasts.message(`participants ${states.join()}`, () => ({
      case: 'update',
      value: new ParticipantUpdate({ participants: changed.map((participant) => this.#info(participant)) }),
    }));
    this.#channel.sendEncoded(message);
  }

  #flushSpeakers(): void {
    if (this.#speakers.size === 0) return;
    const changes = [...this.#speakers.values()];
    this.#speakers.clear();
    const levels = changes.map(({ participant, level }) => `${participant.sid} ${level}`);
    const message = this.#broadcasts.message(`speakers ${levels.join()}`, () => {
      const speakers = changes.map(
        ({ participant, level, active }) => new SpeakerInfo({ sid: participant.sid, level, active }),
      );
      return { case: 'speakersChanged', value: new SpeakersChanged({ speakers }) };
    });
    this.#channel.sendEncoded(message);
  }

  #isSeen(participant: Participant): boolean {
    return participant === this.#self || !participant.permissions.hidden;
  }

  /** To the others, one who was hidden has left. */
  #info(participant: Participant): ParticipantInfo {
    return this.#isSeen(participant) ? participantInfo(participant) : departedInfo(participant);
  }
}
