import type { Encoding, ReceiverSink, RtpReceiver, SendBatch } from '@parley/transport';
import type { Forwarder } from './forwarder.js';
import { Dynacast } from './layers/dynacast.js';
import type { VideoLayer, VideoQuality } from './layers/layer-quality.js';
import type { Participant } from './participant.js';
import { PublishedCodec } from './published-codec.js';
import { SpeakerDetector } from './speaker-detector.js';
import type { Subscription } from './subscription.js';
import type { TrackKind, TrackSource } from './types.js';

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

/**
 * A track that a participant publishes. Announced to the others once a receiver is attached, that is, once its media
 * section is negotiated.
 */
export class Publication implements ReceiverSink {
  readonly sid: string;
  readonly participant: Participant;
  readonly kind: TrackKind;
  readonly source: TrackSource;
  readonly name: string;
  readonly appData: unknown;
  /** Loudness of an audio track. */
  readonly speaker = new SpeakerDetector();
  readonly #dynacast = new Dynacast();
  readonly #subscriptions = new Set<Subscription>();
  readonly #regression: boolean;
  #codecs: PublishedCodec[];
  #attached = false;
  #regressed = false;
  #muted: boolean;
  #closed = false;

  /** Made by `Participant.publish`. */
  constructor(sid: string, participant: Participant, options: PublicationOptions) {
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
  get encodings(): Encoding[] {
    return this.#codecs.flatMap(({ encodings }) => encodings);
  }

  get subscriptions(): ReadonlySet<Subscription> {
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
        this.#dynacast.addCodec(mimeType, this.#now, mimeType === codec.mimeType ? 'high' : 'off');
    }
    // First who and what it is, then that it wants a media section.
    this.participant.changed();
    if (first) this.participant.room.publicationAttached(this);
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
    for (const { subscriber } of this.#subscriptions) subscriber.allocator.invalidate();
    this.requestKeyFrames();
    if (this.attached) this.participant.changed();
  }

  /** Asks the publisher for a key frame of this layer; the transport throttles. */
  requestKeyFrame(codec: PublishedCodec, layer: number): void {
    if (this.kind === 'video' && !this.#muted) codec.requestKeyFrame(layer);
  }

  /** Asks for the key frames that forwarders need to get to the layers that they should be at. */
  requestKeyFrames(): void {
    if (this.kind === 'audio' || this.#muted) return;
    for (const codec of this.#codecs) codec.requestKeyFrames();
  }

  /** Implements `ReceiverSink`. */
  onEncoding(encoding: Encoding): void {
    this.#codecs.find(({ receiver }) => receiver === encoding.receiver)?.addEncoding(encoding);
    this.requestKeyFrames();
  }

  /** Implements `ReceiverSink`: the hot path. */
  onPackets(
    encoding: Encoding,
    rx: Uint32Array,
    first: number,
    last: number,
    batch: SendBatch,
    now: number,
  ): void {
    if (this.#muted) return;
    const codecs = this.#codecs;
    for (let index = 0; index < codecs.length; index++) {
      const codec = codecs[index]!;
      const layer = codec.layerOf(encoding);
      if (layer < 0) continue;
      codec.track(layer, encoding, rx, first, last, now);
      const { forwarders } = codec;
      for (let at = 0; at < forwarders.length; at++) {
        forwarders[at]!.forward(layer, encoding, rx, first, last, batch, now);
      }
    }
  }

  /**
   * Notices layers that the publisher began or ceased to send, forwarders that wait for a key frame, and qualities that
   * nobody wants any more.
   */
  handleTimers(now: number): void {
    if (!this.attached) return;
    for (const codec of this.#codecs) codec.updateLiveLayers(now);
    if (this.kind !== 'video') return;
    for (const codec of this.#codecs) {
      if (!codec.updateFrameRates(now)) continue;
      for (const subscription of this.#subscriptions) subscription.frameRatesChanged();
    }
    // Again and again, as a forwarder may have had no use for the one that came.
    if (!this.#muted) for (const codec of this.#codecs) if (codec.isLive) codec.requestKeyFrames();
    if (now >= this.#dynacast.deadline && this.#dynacast.handleTimeout(now)) this.#tellQuality();
  }

  /** Implements `ReceiverSink`. */
  onAudioLevel(level: number): void {
    if (!this.#muted) this.speaker.observe(level);
  }

  /** For `Subscription` only. */
  addSubscription(subscription: Subscription): void {
    const first = this.#subscriptions.size === 0;
    this.#subscriptions.add(subscription);
    if (first) this.participant.observer.onTrackSubscribed(this);
  }

  /** For `Subscription` only. */
  removeSubscription(subscription: Subscription): void {
    this.#subscriptions.delete(subscription);
    if (this.#dynacast.removeSubscriber(subscription.subscriber.sid, this.#now)) this.#tellQuality();
  }

  /** For `Subscription` only: senders came, went, or were paused, or another layer is wanted. */
  subscriptionChanged(subscription: Subscription): void {
    const forwarders = new Map<PublishedCodec, Forwarder[]>(this.#codecs.map((codec) => [codec, []]));
    for (const { codec, forwarder } of this.#subscriptions)
      if (codec && forwarder) forwarders.get(codec)?.push(forwarder);
    for (const [codec, of] of forwarders) codec.setForwarders(of);
    this.requestKeyFrames();
    if (this.kind !== 'video') return;
    const { codec = this.#codecs[0], subscriber, wantedQuality } = subscription;
    if (codec && this.#dynacast.setWanted(subscriber.sid, codec.mimeType, wantedQuality, this.#now))
      this.#tellQuality();
  }

  /** Idempotent; closes its subscriptions and its receivers. `Participant.unpublish` calls it. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const subscription of this.#subscriptions) subscription.subscriber.dropSubscription(this.sid);
    for (const codec of this.#codecs) {
      codec.detach();
      codec.setForwarders([]);
    }
  }

  /** From now on subscribers get the backup if they can: those that do not begin anew. */
  #regress(): void {
    if (this.#regressed) return;
    this.#regressed = true;
    const [primary] = this.#codecs;
    for (const { codec, subscriber } of [...this.#subscriptions]) {
      if (codec !== primary) continue;
      subscriber.dropSubscription(this.sid);
      subscriber.reconcile();
    }
  }

  get #now(): number {
    return this.participant.room.clock.now();
  }

  #tellQuality(): void {
    if (!this.#closed) this.participant.observer.onQualityWanted(this);
  }
}
