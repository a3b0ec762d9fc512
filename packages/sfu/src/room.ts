import type { WebRtcServer } from '@parley/transport';
import { LimitError } from './errors.js';
import { FirstMediaMonitor } from './first-media-monitor.js';
import { createId, type IdPrefix } from './ids.js';
import type { Measurements } from './measurements.js';
import { Participant, type ParticipantOptions } from './participant.js';
import type { SpeakerChange } from './participant-observer.js';
import type { Publication } from './publication.js';
import { QUALITY_INTERVAL, QualityMonitor } from './quality-monitor.js';
import { SPEAKER_INTERVAL } from './speaker-detector.js';
import type { SfuObserver } from './sfu-observer.js';
import type { Clock, CloseReason, SfuCounters } from './types.js';

const DEFAULT_EMPTY_TIMEOUT = 300_000;
const DEFAULT_DEPARTURE_TIMEOUT = 20_000;
/** Milliseconds within which a participant's transport must connect. */
const CONNECT_TIMEOUT = 60_000;

export interface RoomLimits {
  participantsPerRoom: number;
  publicationsPerParticipant: number;
}

/** What can be chosen for one room. */
export interface RoomSettings {
  /** Milliseconds after which the room ends unless somebody joins. Default 5 minutes. */
  emptyTimeout: number;
  /** Milliseconds after which the room ends once its last participant has left. Default 20 seconds. */
  departureTimeout: number;
  /** Without recorders and agents. Never more than the limit of all rooms, which is the default. */
  maxParticipants: number;
  metadata: string;
}

/** What a room needs from outside. */
export interface RoomContext {
  clock: Clock;
  random: (bytes: number) => Uint8Array;
  limits: RoomLimits;
  server: Pick<WebRtcServer, 'createTransport'>;
  counters: SfuCounters;
  measurements: Measurements;
  observer?: SfuObserver;
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
  /** For `Participant` only. */
  readonly observer: SfuObserver | undefined;
  readonly #random: (bytes: number) => Uint8Array;
  readonly #participants = new Map<string, Participant>();
  readonly #qualities: QualityMonitor;
  readonly #firstMedia: FirstMediaMonitor;
  readonly #onClosed: (room: Room, reason: CloseReason) => void;
  #settings: RoomSettings;
  #emptySince: number;
  #wasUsed = false;
  #speakersDue: number;
  #qualitiesDue: number;
  #closed = false;

  /** Made by `Sfu.room`. */
  constructor(name: string, context: RoomContext, onClosed: (room: Room, reason: CloseReason) => void) {
    this.name = name;
    this.clock = context.clock;
    this.limits = context.limits;
    this.server = context.server;
    this.counters = context.counters;
    this.observer = context.observer;
    this.#firstMedia = new FirstMediaMonitor(context.measurements.firstMedia);
    this.#qualities = new QualityMonitor(context.measurements);
    this.#random = context.random;
    this.#onClosed = onClosed;
    this.sid = this.createId('RM');
    this.createdAt = this.clock.wall();
    this.#settings = {
      emptyTimeout: DEFAULT_EMPTY_TIMEOUT,
      departureTimeout: DEFAULT_DEPARTURE_TIMEOUT,
      maxParticipants: context.limits.participantsPerRoom,
      metadata: '',
    };
    this.#emptySince = this.clock.now();
    this.#speakersDue = this.clock.now() + SPEAKER_INTERVAL;
    this.#qualitiesDue = this.clock.now() + QUALITY_INTERVAL;
  }

  get participants(): ReadonlyMap<string, Participant> {
    return this.#participants;
  }

  get settings(): Readonly<RoomSettings> {
    return this.#settings;
  }

  get metadata(): string {
    return this.#settings.metadata;
  }

  /** Changes what is given; everybody is told. Who is there already stays. */
  configure(settings: Partial<RoomSettings>): void {
    const { participantsPerRoom } = this.limits;
    const { maxParticipants = this.#settings.maxParticipants } = settings;
    this.#settings = {
      ...this.#settings,
      ...settings,
      maxParticipants: Math.min(maxParticipants, participantsPerRoom),
    };
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
    const most = isCounted(options) ? this.#settings.maxParticipants : this.limits.participantsPerRoom;
    const others = [...this.#participants.values()];
    const counted = isCounted(options) ? others.filter(isCounted) : others;
    if (!present && (counted.length >= most || others.length >= this.limits.participantsPerRoom)) {
      throw new LimitError(`The room "${this.name}" is full: ${most} participants at most.`);
    }
    present?.disconnect('duplicate-identity');
    const participant = new Participant(this.createId('PA'), this, options);
    this.#participants.set(participant.identity, participant);
    this.#wasUsed = true;
    this.#firstMedia.joined(participant, this.clock.now());
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

  createId(prefix: IdPrefix): string {
    return createId(prefix, this.#random);
  }

  handleTimers(now: number): void {
    const { emptyTimeout, departureTimeout } = this.#settings;
    const timeout = this.#wasUsed ? departureTimeout : emptyTimeout;
    if (this.#participants.size === 0 && now >= this.#emptySince + timeout) {
      this.close('room-closed');
      return;
    }
    if (now >= this.#speakersDue) {
      this.#speakersDue = now + SPEAKER_INTERVAL;
      this.#tellSpeakers();
    }
    this.#firstMedia.update(now);
    if (now >= this.#qualitiesDue) {
      this.#qualitiesDue = now + QUALITY_INTERVAL;
      this.#qualities.update(this.#participants.values());
    }
    for (const participant of this.#participants.values()) {
      for (const publication of participant.publications.values()) publication.handleTimers(now);
      participant.allocator.update(now);
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
    this.#onClosed(this, reason);
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

  /** For `Participant` only: it is hidden from now on, or no longer. */
  visibilityChanged(participant: Participant): void {
    if (participant.state === 'joining') return;
    for (const other of this.#participants.values()) {
      if (other === participant || other.state === 'joining') continue;
      other.observer.onParticipantChanged(participant);
      other.reconcile();
    }
    this.#tellRoomChanged();
  }

  /** For `Participant` only; `wasSeen` tells whether the others knew it. */
  participantLeft(participant: Participant, wasSeen: boolean): void {
    // A later session of the same identity may hold the place already.
    if (this.#participants.get(participant.identity) === participant)
      this.#participants.delete(participant.identity);
    if (this.#participants.size === 0) this.#emptySince = this.clock.now();
    if (wasSeen) {
      participant.changed();
      this.#tellRoomChanged();
    }
    this.observer?.onParticipantLeft(participant);
  }

  /** For `Publication` only. */
  publicationAttached(publication: Publication): void {
    for (const participant of this.#participants.values()) {
      if (participant !== publication.participant) participant.reconcile();
    }
    this.observer?.onPublicationStarted(publication);
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

/** Whether somebody takes one of the room's places: recorders and agents do not. */
function isCounted({ permissions }: Pick<ParticipantOptions, 'permissions'>): boolean {
  return !permissions.recorder && !permissions.agent;
}
