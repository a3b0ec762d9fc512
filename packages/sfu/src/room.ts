import { LimitError } from './errors.js';
import { FirstMediaMonitor } from './first-media-monitor.js';
import { createId, type IdPrefix } from './ids.js';
import type { Measurements } from './measurements.js';
import {
  Participant,
  type ParticipantOptions,
  type ParticipantRoom,
  type SpeakerChange,
} from './participant.js';
import { isDependent } from './participant-kind.js';
import type { Publication } from './publication.js';
import { QUALITY_INTERVAL, QualityMonitor } from './quality-monitor.js';
import { SPEAKER_INTERVAL } from './speaker-detector.js';
import type { Clock, Timed } from '@parley/core';
import type { SfuCounters } from './sfu-metrics.js';
import type { CloseReason } from './types.js';

const DEFAULT_EMPTY_TIMEOUT = 300_000;
const DEFAULT_DEPARTURE_TIMEOUT = 20_000;

export interface RoomLimits {
  participantsPerRoom: number;
  publicationsPerParticipant: number;
}

/** What can be chosen for one room. */
export interface RoomSettings {
  /** Milliseconds after which the room ends unless a person joins. Default 5 minutes. */
  emptyTimeout: number;
  /** Milliseconds after which the room ends once its last person has left. Default 20 seconds. */
  departureTimeout: number;
  /** Without recorders and agents. Never more than the limit of all rooms, which is the default. */
  maxParticipants: number;
  metadata: string;
}

/**
 * Hears what happens in a room, for those who keep count or tell others. Calls come synchronously, out of whatever caused
 * them; what would re-enter is to be done later.
 */
export interface RoomObserver {
  /** Media can flow to and from it for the first time. */
  onParticipantActive(participant: Participant, room: Room): void;
  /** It is gone, whether it ever was active or not; its publications were closed before. */
  onParticipantLeft(participant: Participant, room: Room): void;
  onPublicationStarted(publication: Publication, participant: Participant, room: Room): void;
  onPublicationEnded(publication: Publication, participant: Participant, room: Room): void;
  /** Others see something of it otherwise: it came or left, or what it may do, publishes or has muted is another. */
  onParticipantChanged(participant: Participant, room: Room): void;
}

/** What a room needs from outside. */
export interface RoomContext {
  clock: Clock;
  random: (bytes: number) => Uint8Array;
  limits: RoomLimits;
  counters: SfuCounters;
  measurements: Measurements;
  /** The deadline of something in the room may be earlier than it was. */
  expect: (item: Timed) => void;
  observer?: RoomObserver;
}

/** The people who hear and see each other. */
export class Room implements ParticipantRoom, Timed {
  readonly sid: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly clock: Clock;
  readonly limits: RoomLimits;
  readonly counters: SfuCounters;
  /** The deadline of a participant, a publication, or the room may be earlier than it was. */
  readonly expect: (item: Timed) => void;
  readonly #observer: RoomObserver | undefined;
  readonly #random: (bytes: number) => Uint8Array;
  readonly #participants = new Map<string, Participant>();
  readonly #qualities: QualityMonitor;
  readonly #firstMedia: FirstMediaMonitor;
  readonly #onClosed: (room: Room, reason: CloseReason) => void;
  #settings: RoomSettings;
  /** Since when nobody is there who keeps the room. */
  #emptySince: number | undefined;
  #wasUsed = false;
  /** When to judge who speaks; Infinity while it is quiet. */
  #speakersDue = Infinity;
  #qualitiesDue: number;
  #closed = false;

  /** Made by `Sfu.room`. */
  constructor(name: string, context: RoomContext, onClosed: (room: Room, reason: CloseReason) => void) {
    this.name = name;
    this.clock = context.clock;
    this.limits = context.limits;
    this.counters = context.counters;
    this.expect = context.expect;
    this.#observer = context.observer;
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
    this.#qualitiesDue = this.clock.now() + QUALITY_INTERVAL;
    this.expect(this);
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
    this.expect(this);
    this.#notifyRoomChanged();
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
    const isCounted = !isDependent(options.kind ?? 'standard');
    const most = isCounted ? this.#settings.maxParticipants : this.limits.participantsPerRoom;
    const others = [...this.#participants.values()];
    const counted = isCounted ? others.filter(({ kind }) => !isDependent(kind)) : others;
    if (!present && (counted.length >= most || others.length >= this.limits.participantsPerRoom)) {
      throw new LimitError(`The room "${this.name}" is full: ${most} participants at most.`);
    }
    present?.disconnect('duplicate-identity');
    const participant = new Participant(this.createId('PA'), this, options);
    this.#participants.set(participant.identity, participant);
    this.#noticePeople();
    this.#firstMedia.joined(participant, this.clock.now());
    this.expect(this);
    this.expect(participant);
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

  /** Implements `Timed`, as do its participants and their publications, each for itself. */
  get deadline(): number {
    if (this.#closed) return Infinity;
    const media = this.#participants.size === 0 ? Infinity : this.#qualitiesDue;
    return Math.min(this.#emptyAt, this.#speakersDue, this.#firstMedia.deadline, media);
  }

  /** Implements `Timed`. */
  handleTimeout(now: number): void {
    if (now >= this.#emptyAt) {
      this.close('room-closed');
      return;
    }
    if (now >= this.#speakersDue)
      this.#speakersDue = this.#notifySpeakers() ? now + SPEAKER_INTERVAL : Infinity;
    this.#firstMedia.handleTimeout(now);
    if (now >= this.#qualitiesDue) {
      this.#qualitiesDue = now + QUALITY_INTERVAL;
      this.#qualities.update(this.#participants.values());
    }
  }

  /** Idempotent; everybody is disconnected. */
  close(reason: CloseReason): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const participant of [...this.#participants.values()]) participant.disconnect(reason);
    this.expect(this);
    this.#onClosed(this, reason);
  }

  /** For `Participant` only. */
  participantChanged(participant: Participant): void {
    if (participant.state === 'joining') return;
    this.#observer?.onParticipantChanged(participant, this);
    for (const other of this.#participants.values()) {
      if (other.state === 'joining') continue;
      if (other === participant || !participant.permissions.hidden)
        other.observer.onParticipantChanged(participant);
    }
  }

  /** For `Participant` only: it is hidden from now on, or no longer. */
  visibilityChanged(participant: Participant): void {
    this.#noticePeople();
    if (participant.state === 'joining') return;
    for (const other of this.#participants.values()) {
      if (other === participant || other.state === 'joining') continue;
      other.observer.onParticipantChanged(participant);
      other.reconcile();
    }
    this.#notifyRoomChanged();
  }

  /** For `Participant` only; `wasSeen` tells whether the others knew it. */
  participantLeft(participant: Participant, wasSeen: boolean): void {
    // A later session of the same identity may hold the place already.
    if (this.#participants.get(participant.identity) === participant)
      this.#participants.delete(participant.identity);
    this.#noticePeople();
    if (wasSeen) {
      participant.changed();
      this.#notifyRoomChanged();
    }
    this.#observer?.onParticipantLeft(participant, this);
  }

  /** For `Participant` only: somebody is loud enough to be a speaker. */
  voiceHeard(): void {
    if (this.#speakersDue < Infinity) return;
    this.#speakersDue = this.clock.now() + SPEAKER_INTERVAL;
    this.expect(this);
  }

  /** For `Participant` only. */
  participantActive(participant: Participant): void {
    this.#observer?.onParticipantActive(participant, this);
  }

  /** For `Participant` only. */
  publicationAttached(publication: Publication, publisher: Participant): void {
    for (const participant of this.#participants.values()) {
      if (participant !== publisher) participant.reconcile();
    }
    this.#observer?.onPublicationStarted(publication, publisher, this);
  }

  /** For `Participant` only. */
  publicationEnded(publication: Publication, publisher: Participant): void {
    this.#observer?.onPublicationEnded(publication, publisher, this);
  }

  /** Whether somebody is there for whom the room is: not just programs, or those whom nobody sees. */
  #hasPeople(): boolean {
    for (const { kind, permissions } of this.#participants.values())
      if (!isDependent(kind) && !permissions.hidden) return true;
    return false;
  }

  /** Only people keep a room: the time without them counts. */
  #noticePeople(): void {
    if (this.#hasPeople()) {
      this.#wasUsed = true;
      this.#emptySince = undefined;
    } else this.#emptySince ??= this.clock.now();
    this.expect(this);
  }

  /** When it ends for want of people; Infinity while there are some. */
  get #emptyAt(): number {
    if (this.#emptySince === undefined) return Infinity;
    const { emptyTimeout, departureTimeout } = this.#settings;
    return this.#emptySince + (this.#wasUsed ? departureTimeout : emptyTimeout);
  }

  #notifyRoomChanged(): void {
    for (const participant of this.#participants.values()) {
      if (participant.state !== 'joining') participant.observer.onRoomChanged();
    }
  }

  /** Tells who began or ceased to speak, and how loud; returns whether somebody speaks. */
  #notifySpeakers(): boolean {
    const changes: SpeakerChange[] = [];
    let isLoud = false;
    for (const participant of this.#participants.values()) {
      let changed = false;
      let level = 0;
      for (const { kind, speaker, muted } of participant.publications.values()) {
        if (kind !== 'audio') continue;
        changed = (muted ? speaker.silence() : speaker.endInterval()) || changed;
        level = Math.max(level, speaker.level);
      }
      isLoud ||= level > 0;
      if (changed && !participant.permissions.hidden) changes.push({ participant, level, active: level > 0 });
    }
    if (changes.length === 0) return isLoud;
    for (const participant of this.#participants.values()) {
      if (participant.state === 'active') participant.observer.onSpeakersChanged(changes);
    }
    return isLoud;
  }
}
