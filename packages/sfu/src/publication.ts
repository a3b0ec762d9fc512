import {
  PACKET_OVERHEAD,
  type Encoding,
  type ReceiverSink,
  type RtpReceiver,
  type SendBatch,
} from '@parley/transport';
import { RX, RX_WORDS, RxKind } from '@parley/wire';
import type { Forwarder } from './forwarder.js';
import { Dynacast } from './layers/dynacast.js';
import { sortLayers, sortRids, type VideoLayer, type VideoQuality } from './layers/layer-quality.js';
import { NO_LAYER } from './layers/selection.js';
import { StreamTracker } from './layers/stream-tracker.js';
import type { Participant } from './participant.js';
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
  /** From the lowest up; empty where the publisher does not tell. */
  readonly layers: readonly VideoLayer[];
  readonly #tracker = new StreamTracker();
  readonly #dynacast = new Dynacast();
  readonly #subscriptions = new Set<Subscription>();
  #forwarders: Forwarder[] = [];
  #receiver: RtpReceiver | undefined;
  /** By layer. */
  #encodings: (Encoding | undefined)[] = [];
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
    this.layers = sortLayers(options.layers ?? []);
    this.#muted = options.muted;
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** Of the first negotiated codec; empty before `attach`. */
  get mimeType(): string {
    return this.#receiver?.parameters.codecs[0]?.mimeType ?? '';
  }

  get attached(): boolean {
    return this.#receiver !== undefined;
  }

  /** Whether the publisher sends its layers as streams of their own. */
  get isSimulcast(): boolean {
    return (this.#receiver?.parameters.rids.length ?? 0) > 1;
  }

  /** The best quality that some subscriber wants: what the publisher should send at most. */
  get wantedQuality(): VideoQuality {
    return this.#dynacast.quality(this.mimeType);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The streams that are received, one for each layer. */
  get encodings(): Encoding[] {
    return this.#encodings.filter((encoding) => encoding !== undefined);
  }

  /** What each layer takes on a path, packets' headers and all, in bit/s, from the lowest to the highest that is sent. */
  get layerBitrates(): number[] {
    const count = Math.max(1, 32 - Math.clz32(this.#tracker.liveLayers));
    let highest = 0;
    return Array.from({ length: count }, (_, layer) => {
      highest = Math.max(highest, this.#tracker.bitrate(layer));
      return highest;
    });
  }

  get subscriptions(): ReadonlySet<Subscription> {
    return this.#subscriptions;
  }

  /** The media section is negotiated: announces the publication, or renews the receiver of an announced one. */
  attach(receiver: RtpReceiver): void {
    if (this.#closed) {
      receiver.close();
      return;
    }
    const first = this.#receiver === undefined;
    this.#receiver?.close();
    this.#receiver = receiver;
    this.#encodings = [];
    receiver.sink = this;
    if (this.kind === 'video') this.#dynacast.addCodec(this.mimeType, this.#now);
    // First who and what it is, then that it wants a media section.
    this.participant.changed();
    if (first) this.participant.room.publicationAttached(this);
  }

  setMuted(muted: boolean): void {
    if (muted === this.#muted) return;
    this.#muted = muted;
    if (muted) for (const forwarder of this.#forwarders) forwarder.pause();
    if (muted) this.#tracker.reset();
    this.requestKeyFrames();
    if (this.attached) this.participant.changed();
  }

  /** Asks the publisher for a key frame of this layer; the transport throttles. */
  requestKeyFrame(layer: number): void {
    if (this.kind === 'video' && !this.#muted) this.#encodings[layer]?.requestKeyFrame();
  }

  /** Asks for the key frames that forwarders need to get to the layers that they should be at. */
  requestKeyFrames(): void {
    for (const forwarder of this.#forwarders) {
      const layer = forwarder.keyFrameNeeded;
      if (layer !== NO_LAYER) this.requestKeyFrame(Math.min(layer, this.#encodings.length - 1));
    }
  }

  /** Implements `ReceiverSink`. */
  onEncoding(encoding: Encoding): void {
    const rids = sortRids(encoding.receiver.parameters.rids);
    this.#encodings[Math.max(0, rids.indexOf(encoding.rid))] = encoding;
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
    const layer = this.#encodings.indexOf(encoding);
    if (this.#muted || layer < 0) return;
    this.#track(layer, rx, first, last, now);
    const forwarders = this.#forwarders;
    for (let index = 0; index < forwarders.length; index++) {
      forwarders[index]!.forward(layer, encoding, rx, first, last, batch, now);
    }
  }

  /** Notices layers that the publisher began or ceased to send, and qualities that nobody wants any more. */
  handleTimers(now: number): void {
    if (!this.attached) return;
    const isChanged = this.#tracker.update(now);
    if (this.kind !== 'video') return;
    if (isChanged) {
      for (const forwarder of this.#forwarders) forwarder.setLiveLayers(this.#tracker.liveLayers);
      this.requestKeyFrames();
    }
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
    this.#forwarders = [];
    for (const { forwarder } of this.#subscriptions) {
      if (!forwarder) continue;
      forwarder.setLiveLayers(this.#tracker.liveLayers);
      this.#forwarders.push(forwarder);
    }
    this.requestKeyFrames();
    if (this.kind !== 'video') return;
    const { subscriber, wantedQuality } = subscription;
    if (this.#dynacast.setWanted(subscriber.sid, this.mimeType, wantedQuality, this.#now))
      this.#tellQuality();
  }

  /** Idempotent; closes its subscriptions and its receiver. `Participant.unpublish` calls it. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const subscription of this.#subscriptions) subscription.subscriber.dropSubscription(this.sid);
    this.#receiver?.close();
    this.#forwarders = [];
    this.#encodings = [];
  }

  get #now(): number {
    return this.participant.room.clock.now();
  }

  #track(layer: number, rx: Uint32Array, first: number, last: number, now: number): void {
    for (let at = first * RX_WORDS, end = last * RX_WORDS; at < end; at += RX_WORDS) {
      const bytes = rx[at + RX.PAYLOAD]! >>> 16;
      // One that is all padding is no sign of life.
      if (bytes > 0 && rx[at + RX.KIND] === RxKind.RTP) {
        this.#tracker.observe(layer, bytes + PACKET_OVERHEAD, now);
      }
    }
  }

  #tellQuality(): void {
    if (!this.#closed) this.participant.observer.onQualityWanted(this);
  }
}
