import type { Clock, Timed } from '@parley/core';
import type { ConnectionQuality } from './connection-quality.js';
import type { DataSink } from './data-sink.js';
import { LimitError, PermissionError } from './errors.js';
import type { IdPrefix } from './ids.js';
import type { MediaTransport, ParticipantTransports } from './media-transport.js';
import { ParticipantData, type DataReceiver, type DataRoom } from './participant-data.js';
import {
  ParticipantSubscriptions,
  type SubscribingParticipant,
  type SubscriptionOptions,
  type TrackSettings,
} from './participant-subscriptions.js';
import {
  Publication,
  type PublicationOptions,
  type Publisher,
  type SubscriberIdentity,
} from './publication.js';
import type { SfuCounters } from './sfu-metrics.js';
import { StreamAllocator } from './stream-allocator.js';
import type { Subscription } from './subscription.js';
import type {
  CloseReason,
  DataKind,
  ParticipantKind,
  ParticipantPermissions,
  ParticipantState,
  StreamState,
  TrackSource,
} from './types.js';

/** Milliseconds within which a participant's transport must connect. */
const CONNECT_TIMEOUT = 60_000;

export interface ParticipantOptions extends SubscriptionOptions {
  identity: string;
  /** Default `standard`. */
  kind?: ParticipantKind;
  name: string;
  metadata: string;
  attributes: Readonly<Record<string, string>>;
  permissions: ParticipantPermissions;
  /** Made by the front, closed with the participant. Default none: one that takes taps and data only, active at once. */
  transports?: ParticipantTransports;
  observer: ParticipantObserver;
  /** Opaque here: what the front keeps with the participant. */
  appData?: unknown;
}

/** Whether a participant may subscribe to a publication of the one who made the rule. */
export type SubscriptionRule = (subscriber: SubscriberIdentity, publication: Publication) => boolean;

/** A change of somebody's loudness. */
export interface SpeakerChange {
  participant: Participant;
  /** 0 to 1, in steps of an eighth. */
  level: number;
  active: boolean;
}

/** How well media gets through to and from somebody. */
export interface QualityChange {
  participant: Participant;
  quality: ConnectionQuality;
  /** Mean opinion score, 1 to 4.5. */
  score: number;
}

/**
 * The front of one participant: what speaks its client's signalling. Calls come synchronously, out of whatever caused
 * them; what would re-enter is to be marked and done later.
 */
export interface ParticipantObserver {
  /**
   * Somebody (also the own participant) joined, changed, or left (state `disconnected`). Of another one who is hidden only
   * that it is so from now on.
   */
  onParticipantChanged(participant: Participant): void;
  /** `subscriptions` changed: some want a sender, some are gone, with their senders closed. */
  onSubscriptionsChanged(): void;
  /** Of the own participant among others; all of them at first, then those that changed. */
  onQualitiesChanged(changes: readonly QualityChange[]): void;
  onSpeakersChanged(changes: readonly SpeakerChange[]): void;
  /** The first subscriber of an own publication. */
  onTrackSubscribed(publication: Publication): void;
  /** The server muted or unmuted an own publication; the client is to do the same. */
  onTrackMuted(publication: Publication): void;
  /** The server ended an own publication. */
  onTrackUnpublished(publication: Publication): void;
  /** What subscribers want of an own publication changed: `wantedQuality`. */
  onQualityWanted(publication: Publication): void;
  /** The publisher withdrew or gave back the permission to subscribe to a publication that is wanted here. */
  onSubscriptionPermissionChanged(publication: Publication, allowed: boolean): void;
  /** A track that the own participant is subscribed to is held back for want of bandwidth, or sent again. */
  onStreamStateChanged(subscription: Subscription, state: StreamState): void;
  /** Its settings or how many are in it. */
  onRoomChanged(): void;
  /** The server side closed this participant; not called when the front did. */
  onClosed(reason: CloseReason): void;
}

/** The room, as far as its participants have to know it. */
export interface ParticipantRoom extends DataRoom {
  readonly sid: string;
  readonly name: string;
  readonly clock: Clock;
  readonly limits: { readonly publicationsPerParticipant: number };
  readonly participants: ReadonlyMap<string, Participant>;
  /** Every publication that is negotiated. */
  publications(): Iterable<Publication>;
  publication(trackSid: string): Publication | undefined;
  createId(prefix: IdPrefix): string;
  /** The deadline of a participant or a publication may be earlier than it was. */
  expect(item: Timed): void;
  /** Somebody is loud enough to be a speaker. */
  voiceHeard(): void;
  /** Something changed that everybody is told of. */
  participantChanged(participant: Participant): void;
  /** It is hidden from now on, or no longer. */
  visibilityChanged(participant: Participant): void;
  participantActive(participant: Participant): void;
  /** @param wasSeen Whether the others knew it. */
  participantLeft(participant: Participant, wasSeen: boolean): void;
  publicationAttached(publication: Publication, participant: Participant): void;
  publicationEnded(publication: Publication, participant: Participant): void;
}

/** Somebody in a room: what they publish and what they want to receive. */
export class Participant implements Publisher, SubscribingParticipant, DataReceiver, Timed {
  readonly sid: string;
  readonly room: ParticipantRoom;
  readonly identity: string;
  readonly kind: ParticipantKind;
  readonly observer: ParticipantObserver;
  readonly appData: unknown;
  /** Milliseconds since 1970. */
  readonly joinedAt: number;
  readonly transports: ParticipantTransports | undefined;
  /** Shares out what the subscriber's path carries. */
  readonly allocator: StreamAllocator = new StreamAllocator(this);
  readonly #publications = new Map<string, Publication>();
  readonly #subscriptions: ParticipantSubscriptions;
  readonly #data: ParticipantData;
  #permissions: ParticipantPermissions;
  #subscriptionRule: SubscriptionRule = () => true;
  #name: string;
  #metadata: string;
  #attributes: Readonly<Record<string, string>>;
  #state: ParticipantState = 'joining';
  #disconnectReason: CloseReason | undefined;
  #version = 0;
  readonly #connectBy: number;

  /** Made by `Room.join`. */
  constructor(sid: string, room: ParticipantRoom, options: ParticipantOptions) {
    this.sid = sid;
    this.room = room;
    this.identity = options.identity;
    this.kind = options.kind ?? 'standard';
    this.#permissions = options.permissions;
    this.observer = options.observer;
    this.appData = options.appData;
    this.joinedAt = room.clock.wall();
    this.#connectBy = room.clock.now() + CONNECT_TIMEOUT;
    this.#name = options.name;
    this.#metadata = options.metadata;
    this.#attributes = { ...options.attributes };
    this.#subscriptions = new ParticipantSubscriptions(this, options);
    this.#data = new ParticipantData(this, room);
    this.transports = options.transports;
  }

  /** Implements `Subscriber` and `Publisher`. */
  get counters(): SfuCounters {
    return this.room.counters;
  }

  get permissions(): Readonly<ParticipantPermissions> {
    return this.#permissions;
  }

  get name(): string {
    return this.#name;
  }

  get metadata(): string {
    return this.#metadata;
  }

  get attributes(): Readonly<Record<string, string>> {
    return this.#attributes;
  }

  get state(): ParticipantState {
    return this.#state;
  }

  get disconnectReason(): CloseReason | undefined {
    return this.#disconnectReason;
  }

  /** Increases with each change that others see. */
  get version(): number {
    return this.#version;
  }

  get publications(): ReadonlyMap<string, Publication> {
    return this.#publications;
  }

  /** What is wanted and allowed, by track sid: the desired state that the front reconciles media sections with. */
  get subscriptions(): ReadonlyMap<string, Subscription> {
    return this.#subscriptions.byTrack;
  }

  /** The client has been told that it is in: from now on the others see it. */
  setJoined(): void {
    if (this.#state !== 'joining') return;
    this.#state = 'joined';
    if (this.transports === undefined || this.transports.subscriber.state === 'connected') this.#setActive();
    else this.changed();
    this.reconcile();
  }

  /**
   * A new publication, announced once `Publication.attach` is called.
   * @throws PermissionError when the participant may not publish this source; LimitError when it has too many.
   */
  publish(options: PublicationOptions): Publication {
    if (!this.#mayPublish(options.source)) {
      throw new PermissionError(
        `The token of ${this.identity} does not allow publishing "${options.source}".`,
      );
    }
    if (this.#publications.size >= this.room.limits.publicationsPerParticipant) {
      throw new LimitError(
        `A participant may publish ${this.room.limits.publicationsPerParticipant} tracks at most.`,
      );
    }
    const publication = new Publication(this.room.createId('TR'), this, options);
    this.#publications.set(publication.sid, publication);
    return publication;
  }

  unpublish(trackSid: string): void {
    const publication = this.#publications.get(trackSid);
    if (!publication) return;
    this.#publications.delete(trackSid);
    this.#closePublication(publication);
    if (publication.attached) this.changed();
  }

  /** By the server: as the client's own mute, which the client is then told of. Undefined for a track of others. */
  muteTrack(trackSid: string, muted: boolean): Publication | undefined {
    const publication = this.#publications.get(trackSid);
    if (publication && publication.muted !== muted) {
      publication.setMuted(muted);
      this.observer.onTrackMuted(publication);
    }
    return publication;
  }

  /**
   * By the server: ends publications and subscriptions that are not allowed any more, and makes those that are now. To the
   * others, one who is hidden from now on has left.
   */
  setPermissions(permissions: ParticipantPermissions): void {
    const wasHidden = this.#permissions.hidden;
    this.#permissions = permissions;
    for (const publication of [...this.#publications.values()]) {
      if (this.#mayPublish(publication.source)) continue;
      this.unpublish(publication.sid);
      this.observer.onTrackUnpublished(publication);
    }
    this.changed();
    if (permissions.hidden !== wasHidden) this.room.visibilityChanged(this);
    this.reconcile();
  }

  /** By the participant: who may subscribe to what it publishes. Everybody, until said otherwise. */
  setSubscriptionRule(rule: SubscriptionRule): void {
    this.#subscriptionRule = rule;
    for (const participant of this.room.participants.values())
      if (participant !== this) participant.reconcile();
  }

  /** Implements `Publisher`. */
  permitsSubscription(subscriber: SubscriberIdentity, publication: Publication): boolean {
    return this.#subscriptionRule(subscriber, publication);
  }

  /**
   * Whether these tracks are wanted. However many they are, what is subscribed to is compared with them once.
   *
   * @returns those that the room does not have.
   */
  setSubscribed(trackSids: Iterable<string>, subscribed: boolean): string[] {
    const unknown: string[] = [];
    for (const sid of new Set(trackSids)) {
      const publication = this.room.publication(sid);
      if (publication) this.#subscriptions.setWish(publication, subscribed);
      else unknown.push(sid);
    }
    this.reconcile();
    return unknown;
  }

  /** What the client shows of a track; kept for when it is subscribed to, or again. */
  setTrackSettings(trackSid: string, settings: TrackSettings): void {
    const publication = this.room.publication(trackSid);
    if (publication) this.#subscriptions.setSettings(publication, settings);
  }

  setName(name: string): void {
    if (name === this.#name) return;
    this.#name = name;
    this.changed();
  }

  setMetadata(metadata: string): void {
    if (metadata === this.#metadata) return;
    this.#metadata = metadata;
    this.changed();
  }

  /** Merges; an empty value deletes its key. */
  setAttributes(changes: Readonly<Record<string, string>>): void {
    const merged = new Map(Object.entries(this.#attributes));
    for (const [key, value] of Object.entries(changes)) {
      if (value === '') merged.delete(key);
      else merged.set(key, value);
    }
    this.#attributes = Object.fromEntries(merged);
    this.changed();
  }

  /** By its front: one of its transports has another state now. */
  transportStateChanged(transport: MediaTransport): void {
    if (this.#state === 'disconnected') return;
    const isSubscriber = transport === this.transports?.subscriber;
    if (isSubscriber && transport.state === 'connected' && this.#state === 'joined') this.#setActive();
    if (transport.state === 'failed') this.disconnect('media-failure');
  }

  /** By its front: where data to this participant goes from now on. Until there is a sink packets wait, bounded. */
  setDataSink(kind: DataKind, sink: DataSink): void {
    this.#data.setSink(kind, sink);
  }

  /** By its front: this sink takes nothing any more; packets wait for another. */
  removeDataSink(sink: DataSink): void {
    this.#data.removeSink(sink);
  }

  /**
   * Sends to everybody else, or to those named. Returns false when this participant may not.
   *
   * @param sequence The sender's number of a reliable packet, ascending: numbered ones can be sent again by `replayData`.
   */
  sendData(
    kind: DataKind,
    payload: Uint8Array,
    destinationIdentities: readonly string[],
    sequence = 0,
  ): boolean {
    if (!this.permissions.canPublishData) return false;
    this.#data.send(kind, payload, destinationIdentities, sequence);
    this.room.expect(this);
    return true;
  }

  /**
   * Sends this participant again what others sent it reliably of late and it may have missed.
   *
   * @param received The last number that it knows of by the sender's sid.
   */
  replayData(received: ReadonlyMap<string, number>): void {
    for (const sender of this.room.participants.values()) {
      if (sender === this) continue;
      for (const payload of sender.#data.sentAfter(received.get(sender.sid) ?? 0, this.identity))
        this.#data.deliver('reliable', payload);
    }
  }

  /** Data from another participant. */
  deliverData(kind: DataKind, payload: Uint8Array): void {
    this.#data.deliver(kind, payload);
  }

  /** Implements `Publisher`. */
  get now(): number {
    return this.room.clock.now();
  }

  /** Implements `Publisher`. */
  publicationAttached(publication: Publication): void {
    this.room.publicationAttached(publication, this);
  }

  /** Implements `Publisher`. */
  expect(publication: Publication): void {
    this.room.expect(publication);
  }

  /** Implements `Publisher`. */
  voiceHeard(): void {
    this.room.voiceHeard();
  }

  /** Implements `Publisher`. */
  trackSubscribed(publication: Publication): void {
    this.observer.onTrackSubscribed(publication);
  }

  /** Implements `Publisher`. */
  qualityWanted(publication: Publication): void {
    this.observer.onQualityWanted(publication);
  }

  /** Implements `Subscriber`. */
  bandwidthNeedsChanged(): void {
    this.allocator.invalidate();
    this.room.expect(this);
  }

  /** Implements `Subscriber`. */
  streamStateChanged(subscription: Subscription, state: StreamState): void {
    this.observer.onStreamStateChanged(subscription, state);
  }

  /** Implements `SubscribingParticipant`. */
  subscriptionsChanged(): void {
    this.observer.onSubscriptionsChanged();
  }

  /** Implements `SubscribingParticipant`. */
  subscriptionPermissionChanged(publication: Publication, allowed: boolean): void {
    this.observer.onSubscriptionPermissionChanged(publication, allowed);
  }

  /** Something changed that the others (and the own client) are told of. */
  changed(): void {
    this.#version += 1;
    this.room.participantChanged(this);
  }

  /** Closes the difference between what this participant should receive and what it is subscribed to. */
  reconcile(): void {
    if (this.#state === 'joining' || this.#state === 'disconnected') return;
    this.#subscriptions.reconcile();
  }

  /** Implements `Subscriber`. */
  dropSubscription(trackSid: string): void {
    this.#subscriptions.drop(trackSid);
  }

  /** Implements `AllocatingParticipant`. */
  estimateChanged(): void {
    this.room.expect(this);
  }

  /** Implements `Timed`; its publications do so for themselves. */
  get deadline(): number {
    if (this.#state === 'disconnected') return Infinity;
    const connectBy = this.#state === 'active' ? Infinity : this.#connectBy;
    return Math.min(connectBy, this.allocator.deadline, this.#data.deadline);
  }

  /** Implements `Timed`. */
  handleTimeout(now: number): void {
    if (this.#state === 'disconnected') return;
    if (this.#state !== 'active' && now >= this.#connectBy) {
      this.disconnect('connection-timeout');
      return;
    }
    this.allocator.handleTimeout(now);
    this.#data.handleTimeout(now);
  }

  /** By its own front; idempotent. Publications, subscriptions and the transports go with it. */
  close(reason: CloseReason): void {
    if (this.#state === 'disconnected') return;
    const wasSeen = this.#state !== 'joining';
    this.#state = 'disconnected';
    this.#disconnectReason = reason;
    for (const publication of this.#publications.values()) this.#closePublication(publication);
    this.#publications.clear();
    this.#subscriptions.close();
    this.#data.close();
    this.transports?.subscriber.close();
    this.transports?.publisher.close();
    this.room.expect(this);
    this.room.participantLeft(this, wasSeen);
  }

  /** By the server: as `close`, and the front is told. */
  disconnect(reason: CloseReason): void {
    if (this.#state === 'disconnected') return;
    this.close(reason);
    this.observer.onClosed(reason);
  }

  #mayPublish(source: TrackSource): boolean {
    const { canPublish, canPublishSources } = this.#permissions;
    return canPublishSources.length > 0 ? canPublishSources.includes(source) : canPublish;
  }

  #closePublication(publication: Publication): void {
    publication.close();
    if (publication.attached) this.room.publicationEnded(publication, this);
  }

  #setActive(): void {
    this.#state = 'active';
    for (const subscription of this.subscriptions.values())
      subscription.publication.subscriptionChanged(subscription);
    this.changed();
    this.room.participantActive(this);
  }
}
