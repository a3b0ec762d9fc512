import type { WebRtcServer } from '@parley/transport';
import { LimitError } from './errors.js';
import { createId } from './ids.js';
import { Participant, type ParticipantOptions } from './participant.js';
import type { SpeakerChange } from './participant-observer.js';
import type { Publication } from './publication.js';
import { SPEAKER_INTERVAL } from './speaker-detector.js';
import type { Clock, CloseReason, SfuCounters } from './types.js';

/** Milliseconds after which a room ends that nobody ever joined, and that its last participant left. */
const EMPTY_TIMEOUT = 300_000;
const DEPARTURE_TIMEOUT = 20_000;
/** Milliseconds within which a participant's transport must connect. */
const CONNECT_TIMEOUT = 60_000;

export interface RoomLimits {
  participantsPerRoom: number;
  publicationsPerParticipant: number;
}

/** What a room needs from outside. */
export interface RoomContext {
  clock: Clock;
  random: (bytes: number) => Uint8Array;
  limits: RoomLimits;
  server: Pick<WebRtcServer, 'createTransport'>;
  counters: SfuCounters;
}

/** The people who hear and see each other. */
export class Room {
  readonly sid: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly clock: Clock;
  readonly limits: RoomLimits;
  readonly server: Pick<WebRtcServer, 'createTransport'>;
  readonly counters: SfuCounters;
  readonly #random: (bytes: number) => Uint8Array;
  readonly #participants = new Map<string, Participant>();
  readonly #onClosed: (room: Room) => void;
  /** When the room ends unless somebody joins. */
  #emptyDeadline: number;
  #speakersDue: number;
  #metadata = '';
  #closed = false;

  /** Made by `Sfu.room`. */
  constructor(name: string, context: RoomContext, onClosed: (room: Room) => void) {
    this.name = name;
    this.clock = context.clock;
    this.limits = context.limits;
    this.server = context.server;
    this.counters = context.counters;
    this.#random = context.random;
    this.#onClosed = onClosed;
    this.sid = this.createId('RM');
    this.createdAt = this.clock.wall();
    this.#emptyDeadline = this.clock.now() + EMPTY_TIMEOUT;
    this.#speakersDue = this.clock.now() + SPEAKER_INTERVAL;
  }

  get participants(): ReadonlyMap<string, Participant> {
    return this.#participants;
  }

  get metadata(): string {
    return this.#metadata;
  }

  set metadata(metadata: string) {
    this.#metadata = metadata;
    this.#tellRoomChanged();
  }

  /** Participants that are not hidden. */
  get visibleCount(): number {
    let count = 0;
    for (const participant of this.#participants.values()) if (!participant.permissions.hidden) count += 1;
    return count;
  }

  /**
   * A participant of the same identity is closed first, with `duplicate-identity`.
   * @throws LimitError when the room is full.
   */
  join(options: ParticipantOptions): Participant {
    const present = this.#participants.get(options.identity);
    if (!present && this.#participants.size >= this.limits.participantsPerRoom) {
      throw new LimitError(
        `The room "${this.name}" is full: ${this.limits.participantsPerRoom} participants at most.`,
      );
    }
    present?.disconnect('duplicate-identity');
    const participant = new Participant(this.createId('PA'), this, options);
    this.#participants.set(participant.identity, participant);
    return participant;
  }

  /** Every publication that is negotiated. */
  *publications(): Generator<Publication> {
    for (const participant of this.#participants.values()) {
      for (const publication of participant.publications.values())
        if (publication.attached) yield publication;
    }
  }

  publication(trackSid: string): Publication | undefined {
    for (const { publications } of this.#participants.values()) {
      const publication = publications.get(trackSid);
      if (publication) return publication;
    }
    return undefined;
  }

  createId(prefix: 'RM' | 'PA' | 'TR'): string {
    return createId(prefix, this.#random);
  }

  handleTimers(now: number): void {
    if (this.#participants.size === 0 && now >= this.#emptyDeadline) {
      this.close('room-closed');
      return;
    }
    if (now >= this.#speakersDue) {
      this.#speakersDue = now + SPEAKER_INTERVAL;
      this.#tellSpeakers();
    }
    for (const participant of this.#participants.values()) {
      const pending = participant.state === 'joining' || participant.state === 'joined';
      if (pending && this.clock.wall() - participant.joinedAt > CONNECT_TIMEOUT) {
        participant.disconnect('connection-timeout');
      }
    }
  }

  /** Idempotent; everybody is disconnected. */
  close(reason: CloseReason): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const participant of [...this.#participants.values()]) participant.disconnect(reason);
    this.#onClosed(this);
  }

  /** For `Participant` only. */
  participantChanged(participant: Participant): void {
    if (participant.state === 'joining') return;
    for (const other of this.#participants.values()) {
      if (other.state === 'joining') continue;
      if (other === participant || !participant.permissions.hidden)
        other.observer.onParticipantChanged(participant);
    }
  }

  /** For `Participant` only; `wasSeen` tells whether the others knew it. */
  participantLeft(participant: Participant, wasSeen: boolean): void {
    // A later session of the same identity may hold the place already.
    if (this.#participants.get(participant.identity) === participant)
      this.#participants.delete(participant.identity);
    if (this.#participants.size === 0) this.#emptyDeadline = this.clock.now() + DEPARTURE_TIMEOUT;
    if (wasSeen) {
      participant.changed();
      this.#tellRoomChanged();
    }
  }

  /** For `Publication` only. */
  publicationAttached(publication: Publication): void {
    for (const participant of this.#participants.values()) {
      if (participant !== publication.participant) participant.reconcile();
    }
  }

  #tellRoomChanged(): void {
    for (const participant of this.#participants.values()) {
      if (participant.state !== 'joining') participant.observer.onRoomChanged(this);
    }
  }

  #tellSpeakers(): void {
    const changes: SpeakerChange[] = [];
    for (const participant of this.#participants.values()) {
      let changed = false;
      let level = 0;
      for (const { kind, speaker, muted } of participant.publications.values()) {
        if (kind !== 'audio') continue;
        changed = (muted ? speaker.silence() : speaker.endInterval()) || changed;
        level = Math.max(level, speaker.level);
      }
      if (changed && !participant.permissions.hidden) changes.push({ participant, level, active: level > 0 });
    }
    if (changes.length === 0) return;
    for (const participant of this.#participants.values()) {
      if (participant.state === 'active') participant.observer.onSpeakersChanged(changes);
    }
  }
}
