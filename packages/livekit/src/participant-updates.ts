import type { ParticipantInfo } from '@livekit/protocol';
import { ParticipantUpdate, RoomUpdate, SpeakerInfo, SpeakersChanged } from '@livekit/protocol';
import type { Participant, Room, SpeakerChange } from '@parley/sfu';
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
  /** By sid, in the order of their first change: an earlier session of an identity leaves before the next one joins. */
  readonly #changed = new Map<string, Participant>();
  readonly #speakers = new Map<string, SpeakerChange>();
  #roomChanged = false;
  /** Participants when the client was told of the room last. */
  #participants: number;

  constructor(channel: SignalChannel, self: Participant) {
    this.#channel = channel;
    this.#self = self;
    this.#room = self.room;
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
    if (this.#changed.size > 0) {
      const participants = [...this.#changed.values()].map((participant) => this.#seen(participant));
      this.#changed.clear();
      this.#channel.send({ case: 'update', value: new ParticipantUpdate({ participants }) });
    }
    if (this.#roomChanged || this.#participants !== this.#room.participants.size) {
      this.#roomChanged = false;
      this.#participants = this.#room.participants.size;
      this.#channel.send({ case: 'roomUpdate', value: new RoomUpdate({ room: roomInfo(this.#room) }) });
    }
    this.#flushSpeakers();
  }

  #flushSpeakers(): void {
    if (this.#speakers.size === 0) return;
    const speakers = [...this.#speakers.values()].map(
      ({ participant, level, active }) => new SpeakerInfo({ sid: participant.sid, level, active }),
    );
    this.#speakers.clear();
    this.#channel.send({ case: 'speakersChanged', value: new SpeakersChanged({ speakers }) });
  }

  /** To the others, one who was hidden has left. */
  #seen(participant: Participant): ParticipantInfo {
    const isHidden = participant !== this.#self && participant.permissions.hidden;
    return isHidden ? departedInfo(participant) : participantInfo(participant);
  }
}
