import type { DataChannel, TransportState, WebRtcTransport } from '@parley/transport';
import { LimitError, PermissionError } from './errors.js';
import type { VideoQuality } from './layers/layer-quality.js';
import { ParticipantData } from './participant-data.js';
import type { ParticipantObserver } from './participant-observer.js';
import { ParticipantSubscriptions, type TrackSettings } from './participant-subscriptions.js';
import { Publication, type PublicationOptions } from './publication.js';
import type { Room } from './room.js';
import { StreamAllocator } from './stream-allocator.js';
import type { Subscription } from './subscription.js';
import type { CloseReason, DataKind, ParticipantPermissions, TrackSource } from './types.js';

export interface ParticipantOptions {
  identity: string;
  name: string;
  metadata: string;
  attributes: Readonly<Record<string, string>>;
  permissions: ParticipantPermissions;
  /** Whether every publication is wanted until said otherwise. */
  autoSubscribe: boolean;
  /** What it gets of a video before it has said what it shows. Default: the best. */
  defaultQuality?: VideoQuality;
  /** Whether the client sends and receives over a transport each. Default: one for both. */
  dualTransport?: boolean;
  observer: ParticipantObserver;
  /** Opaque here: what the front keeps with the participant. */
  appData?: unknown;
}

/** Whether a participant may subscribe to a publication of the one who made the rule. */
export type SubscriptionRule = (subscriber: Participant, publication: Publication) => boolean;

export type ParticipantState = 'joining' | 'joined' | 'active' | 'disconnected';

/** Somebody in a room: what they publish, what they want to receive, and the transports that both travel over. */
export class Participant {
  readonly sid: string;
  readonly room: Room;
  readonly identity: string;
  readonly observer: ParticipantObserver;
  readonly appData: unknown;
  /** Milliseconds since 1970. */
  readonly joinedAt: number;
  /** What the client publishes comes over it. */
  readonly publisherTransport: WebRtcTransport;
  /** What the client subscribed to, and data, goes out over it; the same as the publisher's unless there are two. */
  readonly subscriberTransport: WebRtcTransport;
  /** Shares out what that transport's path carries. */
  readonly allocator = new StreamAllocator(this);
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

  /** Made by `Room.join`. */
  constructor(sid: string, room: Room, options: ParticipantOptions) {
    this.sid = sid;
    this.room = room;
    this.identity = options.identity;
    this.#permissions = options.permissions;
    this.observer = options.observer;
    this.appData = options.appData;
    this.joinedAt = room.clock.wall();
    this.#name = options.name;
    this.#metadata = options.metadata;
    this.#attributes = { ...options.attributes };
    this.#subscriptions = new ParticipantSubscriptions(this, options);
    this.#data = new ParticipantData(this);
    this.subscriberTransport = this.#createTransport(true);
    this.publisherTransport =
      options.dualTransport === true ? this.#createTransport(false) : this.subscriberTransport;
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
    if (this.subscriberTransport.state === 'connected') this.#setActive();
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

  /** Whether the participant lets another subscribe to one of its publications. */
  permitsSubscription(subscriber: Participant, publication: Publication): boolean {
    return this.#subscriptionRule(subscriber, publication);
  }

  /** Whether this track is wanted; returns false for a track that the room does not have. */
  setSubscribed(trackSid: string, subscribed: boolean): boolean {
    const publication = this.room.publication(trackSid);
    if (!publication) return false;
    this.#subscriptions.setWish(publication, subscribed);
    this.reconcile();
    return true;
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

  /** The channel that data to this participant goes out over, once it is open; until then packets wait, bounded. */
  setDataChannel(kind: DataKind, channel: DataChannel | undefined): void {
    this.#data.setChannel(kind, channel);
  }

  /** Sends to everybody else, or to those named. Returns false when this participant may not. */
  sendData(kind: DataKind, payload: Uint8Array, destinationIdentities: readonly string[]): boolean {
    if (!this.permissions.canPublishData) return false;
    this.#data.send(kind, payload, destinationIdentities);
    return true;
  }

  /** Data from another participant. */
  deliverData(kind: DataKind, payload: Uint8Array): void {
    this.#data.deliver(kind, payload);
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

  /** For `Publication` only: it is closing. */
  dropSubscription(trackSid: string): void {
    this.#subscriptions.drop(trackSid);
  }

  /** By its own front; idempotent. Publications, subscriptions and the transport go with it. */
  close(reason: CloseReason): void {
    if (this.#state === 'disconnected') return;
    const wasSeen = this.#state !== 'joining';
    this.#state = 'disconnected';
    this.#disconnectReason = reason;
    for (const publication of this.#publications.values()) this.#closePublication(publication);
    this.#publications.clear();
    this.#subscriptions.close();
    this.#data.close();
    this.subscriberTransport.close();
    this.publisherTransport.close();
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
    if (publication.attached) this.room.observer?.onPublicationEnded(publication);
  }

  #setActive(): void {
    this.#state = 'active';
    for (const subscription of this.subscriptions.values())
      subscription.publication.subscriptionChanged(subscription);
    this.changed();
    this.room.observer?.onParticipantActive(this);
  }

  /** @param subscriber Whether what goes to the client goes over it: its state, and its channels, are the participant's. */
  #createTransport(subscriber: boolean): WebRtcTransport {
    return this.room.server.createTransport({
      onStateChange: (state) => this.#transportStateChanged(state, subscriber),
      onDataChannel: (channel) => {
        if (subscriber) this.observer.onDataChannel(channel);
      },
      onMessage: (channel, payload, binary) => this.observer.onMessage(channel, payload, binary),
      onDataChannelClosed: (channel) => this.#data.channelClosed(channel),
    });
  }

  #transportStateChanged(state: TransportState, subscriber: boolean): void {
    if (this.#state === 'disconnected') return;
    if (subscriber && state === 'connected' && this.#state === 'joined') this.#setActive();
    this.observer.onTransportStateChange(state);
    if (state === 'failed') this.disconnect('media-failure');
  }
}
