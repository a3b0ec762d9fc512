import type { Timed } from '@parley/core';
import type { ReceiveStream, PacketSink, RtpReceiver, SendBatch } from '@parley/transport';
import type { Forwarder } from './forwarder.js';
import { Dynacast } from './layers/dynacast.js';
import type { VideoLayer, VideoQuality } from './layers/layer-quality.js';
import { PublishedCodec } from './published-codec.js';
import type { SfuCounters } from './sfu-metrics.js';
import { SpeakerDetector } from './speaker-detector.js';
import type { Tap } from './tap/tap.js';
import type { ParticipantPermissions, TrackKind, TrackSource } from './types.js';

/** Milliseconds between two looks at a publication whose packets come. */
const LOOK_INTERVAL = 50;

export interface PublicationOptions {
  kind: TrackKind;
  source: TrackSource;
  name: string;
  muted: boolean;
  /** Opaque here: what the front keeps with the track. */
  appData?: unknown;
  /** Layers of a video as the publisher announced them; default none known. */
  layers?: readonly VideoLayer[];
  /** Media types in which it can be sent too, to subscribers that do not have its codec. Default none. */
  backupCodecs?: readonly string[];
  /** Whether all subscribers are to get the backup once one of them needs it, so that only it is sent. Default no. */
  regression?: boolean;
}

/** What subscribers want of one codec of a publication. */
export interface WantedQuality {
  mimeType: string;
  quality: VideoQuality;
}

/** Whoever a publication is of, as far as it has to know. */
export interface Publisher {
  readonly sid: string;
  readonly identity: string;
  readonly counters: SfuCounters;
  readonly permissions: Readonly<ParticipantPermissions>;
  /** What its front keeps with it. */
  readonly appData: unknown;
  /** Milliseconds of the room's clock. */
  readonly now: number;
  /** Whether it lets somebody subscribe to one of its publications. */
  permitsSubscription(subscriber: SubscriberIdentity, publication: Publication): boolean;
  /** Something changed that everybody is told of. */
  changed(): void;
  /** The publication's deadline may be earlier than it was. */
  expect(publication: Publication): void;
  /** Its audio is loud enough to be speech. */
  voiceHeard(): void;
  /** The publication is negotiated for the first time. */
  publicationAttached(publication: Publication): void;
  /** It has its first subscriber. */
  trackSubscribed(publication: Publication): void;
  /** What subscribers want of it changed. */
  qualityWanted(publication: Publication): void;
}

/** What tells one subscriber from another. */
export interface SubscriberIdentity {
  readonly sid: string;
  readonly identity: string;
}

/** A subscription, as far as its publication has to know. */
export interface PublicationSubscription {
  readonly subscriber: SubscriberIdentity;
  readonly codec: PublishedCodec | undefined;
  readonly forwarder: Forwarder | undefined;
  readonly wantedQuality: VideoQuality;
  /** How many pictures a second each temporal layer brings is measured anew. */
  frameRatesChanged(): void;
  mutedChanged(): void;
  /** The publication has ended. */
  publicationClosed(): void;
  /** Another codec is preferred from now on: the subscription is to begin anew. */
  renew(): void;
}

/**
 * A track that a participant publishes. Announced to the others once a receiver is attached, that is, once its media
 * section is negotiated.
 */
export class Publication implements PacketSink, Timed {
  readonly sid: string;
  readonly participant: Publisher;
  readonly kind: TrackKind;
  readonly source: TrackSource;
  readonly name: string;
  readonly appData: unknown;
  /** Loudness of an audio track. */
  readonly speaker = new SpeakerDetector();
  readonly #dynacast = new Dynacast();
  readonly #subscriptions = new Set<PublicationSubscription>();
  /** What each is called among those who want qualities. */
  readonly #taps = new Map<Tap, string>();
  readonly #regression: boolean;
  #codecs: PublishedCodec[];
  #attached = false;
  #regressed = false;
  #tapCount = 0;
  #muted: boolean;
  #closed = false;
  /** When to look at what comes; Infinity while nothing does. */
  #lookAt = Infinity;

  /** Made by `Participant.publish`. */
  constructor(sid: string, participant: Publisher, options: PublicationOptions) {
    this.sid = sid;
    this.participant = participant;
    this.kind = options.kind;
    this.source = options.source;
    this.name = options.name;
    this.appData = options.appData;
    this.#codecs = ['', ...(options.backupCodecs ?? [])].map(
      (mimeType) => new PublishedCodec(options.kind, mimeType, options.layers ?? []),
    );
    this.#regression = options.regression ?? false;
    this.#muted = options.muted;
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** The one that it is announced with first, then backups. */
  get codecs(): readonly PublishedCodec[] {
    return this.#codecs;
  }

  /** A subscriber is to get the first of them that it has. */
  get codecsByPreference(): readonly PublishedCodec[] {
    return this.#regressed ? this.#codecs.toReversed() : this.#codecs;
  }

  /** Of its codec, not of backups; empty before `attach`. */
  get mimeType(): string {
    return this.#codecs[0]?.mimeType ?? '';
  }

  /** Of its codec; from the lowest up, empty where the publisher does not tell. */
  get layers(): readonly VideoLayer[] {
    return this.#codecs[0]?.layers ?? [];
  }

  get attached(): boolean {
    return this.#attached;
  }

  /** The best quality that some subscriber wants, codec by codec: what the publisher should send at most. */
  get wantedQualities(): WantedQuality[] {
    return this.#codecs.map(({ mimeType }) => ({ mimeType, quality: this.#dynacast.quality(mimeType) }));
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The streams that are received, one for each layer of each codec. */
  get streams(): ReceiveStream[] {
    return this.#codecs.flatMap(({ streams }) => streams);
  }

  get subscriptions(): ReadonlySet<PublicationSubscription> {
    return this.#subscriptions;
  }

  /** The media section is negotiated: announces the publication, or renews the receiver of an announced one. */
  attach(receiver: RtpReceiver): void {
    const [codec] = this.#codecs;
    if (this.#closed || !codec) {
      receiver.close();
      return;
    }
    const first = !this.#attached;
    this.#attached = true;
    codec.attach(receiver, this);
    // A publisher that falls back to what was to be its backup has none.
    this.#codecs = this.#codecs.filter((other) => other === codec || other.mimeType !== codec.mimeType);
    if (this.kind === 'video') {
      for (const { mimeType } of this.#codecs)
        this.#dynacast.addCodec(mimeType, this.participant.now, mimeType === codec.mimeType ? 'high' : 'off');
    }
    this.#wantForTaps();
    // First who and what it is, then that it wants a media section.
    this.participant.changed();
    if (first) this.participant.publicationAttached(this);
  }

  /** A backup's media section is negotiated. Without that backup nothing is received. */
  attachBackup(mimeType: string, receiver: RtpReceiver): void {
    const codec = this.#codecs.find((backup, index) => index > 0 && backup.mimeType === mimeType);
    if (this.#closed || !codec) {
      receiver.close();
      return;
    }
    codec.attach(receiver, this);
    this.participant.changed();
    if (this.#regression) this.#regress();
    codec.requestKeyFrames();
  }

  /** A backup is not sent any more. */
  detachBackup(mimeType: string): void {
    this.#codecs.find((backup, index) => index > 0 && backup.mimeType === mimeType)?.detach();
  }

  setMuted(muted: boolean): void {
    if (muted === this.#muted) return;
    this.#muted = muted;
    if (muted) for (const codec of this.#codecs) codec.pause();
    for (const tap of this.#taps.keys()) tap.setMuted(muted);
    for (const subscription of this.#subscriptions) subscription.mutedChanged();
    this.requestKeyFrames();
    if (this.attached) this.participant.changed();
  }

  /**
   * Copies its packets, of its own codec, into the tap's memory too, until it ends or the tap is removed. The publisher is
   * asked for what the tap wants, as for a subscriber; permissions are the caller's business.
   */
  addTap(tap: Tap): void {
    if (this.#closed) {
      tap.end();
      return;
    }
    this.#tapCount += 1;
    this.#taps.set(tap, `tap ${this.#tapCount}`);
    tap.countIn(this.participant.counters);
    tap.setMuted(this.#muted);
    this.#expectLook(this.participant.now);
    this.#codecs[0]?.addTap(tap);
    this.#wantForTaps();
    this.requestKeyFrames();
  }

  /** Ends it. */
  removeTap(tap: Tap): void {
    const name = this.#taps.get(tap);
    if (name === undefined) return;
    this.#taps.delete(tap);
    for (const codec of this.#codecs) codec.removeTap(tap);
    tap.end();
    this.#demandChanged(this.#dynacast.removeSubscriber(name, this.participant.now));
  }

  /** Asks the publisher for a key frame of this layer; the transport throttles. */
  requestKeyFrame(codec: PublishedCodec, layer: number, forwarder: Forwarder): void {
    if (this.kind === 'video' && !this.#muted) codec.requestKeyFrame(layer, forwarder);
  }

  /** Asks for the key frames that forwarders need to get to the layers that they should be at. */
  requestKeyFrames(): void {
    if (this.kind === 'audio' || this.#muted) return;
    for (const codec of this.#codecs) codec.requestKeyFrames();
  }

  /** Implements `PacketSink`. */
  onStream(stream: ReceiveStream): void {
    this.#codecs.find(({ receiver }) => receiver === stream.receiver)?.addStream(stream);
    this.requestKeyFrames();
  }

  /** Implements `PacketSink`: the hot path. */
  onPackets(
    stream: ReceiveStream,
    rx: Uint32Array,
    first: number,
    last: number,
    batch: SendBatch,
    now: number,
  ): void {
    if (this.#muted) return;
    if (this.#lookAt === Infinity) this.#expectLook(now);
    const codecs = this.#codecs;
    for (let index = 0; index < codecs.length; index++) {
      const codec = codecs[index]!;
      const layer = codec.layerOf(stream);
      if (layer < 0) continue;
      codec.track(layer, stream, rx, first, last, now);
      const { forwarders } = codec;
      for (let at = 0; at < forwarders.length; at++) {
        forwarders[at]!.forward(layer, stream, rx, first, last, batch, now);
      }
    }
  }

  /** Implements `Timed`. */
  get deadline(): number {
    return this.#closed ? Infinity : Math.min(this.#lookAt, this.#dynacast.deadline);
  }

  /** Implements `Timed`. */
  handleTimeout(now: number): void {
    if (this.#closed) return;
    if (now >= this.#lookAt) this.#look(now);
    if (now >= this.#dynacast.deadline && this.#dynacast.handleTimeout(now)) this.#notifyQuality();
  }

  #expectLook(now: number): void {
    this.#lookAt = now;
    this.participant.expect(this);
  }

  /** Notices layers that the publisher began or ceased to send, and forwarders that wait for a key frame. */
  #look(now: number): void {
    for (const tap of this.#taps.keys()) tap.flush();
    for (const codec of this.#codecs) codec.updateLiveLayers(now);
    const isGoingOn = this.#taps.size > 0 || this.#codecs.some(({ isLive }) => isLive);
    this.#lookAt = isGoingOn ? now + LOOK_INTERVAL : Infinity;
    if (this.kind !== 'video') return;
    for (const codec of this.#codecs) {
      if (!codec.updateFrameRates(now)) continue;
      for (const subscription of this.#subscriptions) subscription.frameRatesChanged();
    }
    // Again and again, as a forwarder may have had no use for the one that came.
    if (!this.#muted) for (const codec of this.#codecs) if (codec.isLive) codec.requestKeyFrames();
  }

  /** Implements `PacketSink`. */
  onAudioLevel(level: number): void {
    if (!this.#muted && this.speaker.observe(level)) this.participant.voiceHeard();
  }

  /** For `Subscription` only. */
  addSubscription(subscription: PublicationSubscription): void {
    const first = this.#subscriptions.size === 0;
    this.#subscriptions.add(subscription);
    if (first) this.participant.trackSubscribed(this);
  }

  /** For `Subscription` only. */
  removeSubscription(subscription: PublicationSubscription): void {
    this.#subscriptions.delete(subscription);
    const { sid } = subscription.subscriber;
    this.#demandChanged(this.#dynacast.removeSubscriber(sid, this.participant.now));
  }

  /** For `Subscription` only: senders came, went, or were paused, or another layer is wanted. */
  subscriptionChanged(subscription: PublicationSubscription): void {
    const forwarders = new Map<PublishedCodec, Forwarder[]>(this.#codecs.map((codec) => [codec, []]));
    for (const { codec, forwarder } of this.#subscriptions)
      if (codec && forwarder) forwarders.get(codec)?.push(forwarder);
    for (const [codec, of] of forwarders) codec.setForwarders(of);
    this.requestKeyFrames();
    if (this.kind !== 'video') return;
    const { codec = this.#codecs[0], subscriber, wantedQuality } = subscription;
    if (!codec) return;
    const { now } = this.participant;
    this.#demandChanged(this.#dynacast.setWanted(subscriber.sid, codec.mimeType, wantedQuality, now));
  }

  /** Idempotent; closes its subscriptions and its receivers. `Participant.unpublish` calls it. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const subscription of [...this.#subscriptions]) subscription.publicationClosed();
    for (const codec of this.#codecs) {
      codec.detach();
      codec.setForwarders([]);
    }
    for (const tap of this.#taps.keys()) tap.end();
    this.#taps.clear();
    this.participant.expect(this);
  }

  /** From now on subscribers get the backup if they can: those that do not begin anew. */
  #regress(): void {
    if (this.#regressed) return;
    this.#regressed = true;
    const [primary] = this.#codecs;
    for (const subscription of [...this.#subscriptions])
      if (subscription.codec === primary) subscription.renew();
  }

  #wantForTaps(): void {
    if (this.kind !== 'video' || !this.#attached) return;
    let isChanged = false;
    for (const name of this.#taps.values())
      isChanged = this.#dynacast.setWanted(name, this.mimeType, 'high', this.participant.now) || isChanged;
    this.#demandChanged(isChanged);
  }

  /** Somebody wants something else of it: more at once, less in a while. */
  #demandChanged(isMore: boolean): void {
    if (isMore) this.#notifyQuality();
    this.participant.expect(this);
  }

  #notifyQuality(): void {
    if (!this.#closed) this.participant.qualityWanted(this);
  }
}
