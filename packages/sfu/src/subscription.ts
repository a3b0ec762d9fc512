import type { RtpSender } from '@parley/transport';
import { Forwarder } from './forwarder.js';
import {
  qualityOfLayer,
  wantedSpatialLayer,
  type VideoLayer,
  type VideoQuality,
  type WantedVideo,
} from './layers/layer-quality.js';
import { ALL_LAYERS, NO_LAYER } from './layers/selection.js';
import type { Publication, PublicationSubscription, SubscriberIdentity } from './publication.js';
import type { PublishedCodec } from './published-codec.js';
import type { SfuCounters } from './sfu-metrics.js';
import type { ParticipantState, StreamState } from './types.js';

/** Whoever has a subscription, as far as it has to know. */
export interface Subscriber extends SubscriberIdentity {
  readonly state: ParticipantState;
  readonly counters: SfuCounters;
  /** What its subscriptions could use of its path's bandwidth changed. */
  bandwidthNeedsChanged(): void;
  streamStateChanged(subscription: Subscription, state: StreamState): void;
  /** Its subscription to this track is to end. */
  dropSubscription(trackSid: string): void;
  /** Makes the subscriptions that it should have. */
  reconcile(): void;
}

const SCREEN_PRIORITY = 255;
const CAMERA_PRIORITY = 1;

/**
 * One participant's wish to receive one publication.
 *
 * It exists as long as it is wanted and allowed. Media flows while it also has a sender (the front negotiated one) and
 * is enabled (the client shows the track).
 */
export class Subscription implements PublicationSubscription {
  readonly publication: Publication;
  readonly subscriber: Subscriber;
  #sender: RtpSender | undefined;
  #codec: PublishedCodec | undefined;
  #forwarder: Forwarder | undefined;
  #enabled = true;
  #wanted: WantedVideo = { quality: 'high', width: 0, height: 0 };
  /** The layer that the subscriber's path has room for at most. */
  #allocated: number = ALL_LAYERS;
  #state: StreamState = 'active';
  #priority = 0;
  #closed = false;

  /** Made by `Participant`, as its subscriptions are reconciled. */
  constructor(publication: Publication, subscriber: Subscriber) {
    this.publication = publication;
    this.subscriber = subscriber;
    publication.addSubscription(this);
  }

  get sender(): RtpSender | undefined {
    return this.#sender;
  }

  /**
   * What forwards its packets, while media may flow: not before the subscriber is connected, or the key frame that a video
   * has to begin with would be lost.
   */
  get forwarder(): Forwarder | undefined {
    return this.#enabled && this.subscriber.state === 'active' ? this.#forwarder : undefined;
  }

  /** Which of the publication's codecs it gets; undefined before a media section is negotiated. */
  get codec(): PublishedCodec | undefined {
    return this.#codec;
  }

  get enabled(): boolean {
    return this.#enabled;
  }

  /** The layer that is just good enough for what the client shows; -1 where it shows none. */
  get wantedLayer(): number {
    return wantedSpatialLayer(this.#wanted, this.#layers);
  }

  /** The layer forwarded at present; -1 for none. */
  get layer(): number {
    return this.forwarder?.layer ?? NO_LAYER;
  }

  /** Which videos go first where bandwidth is short: 1 to 255, higher ones do. */
  get priority(): number {
    if (this.#priority > 0) return this.#priority;
    return this.publication.source === 'screen_share' ? SCREEN_PRIORITY : CAMERA_PRIORITY;
  }

  /** `paused` while its path has no room for any layer of it. */
  get state(): StreamState {
    return this.#state;
  }

  /**
   * The quality of the layer that the client wants; `off` while it wants none. What its path carries does not count: the
   * layer must be there when there is room again.
   */
  get wantedQuality(): VideoQuality {
    return this.#enabled && !this.#closed ? qualityOfLayer(this.wantedLayer, this.#layers) : 'off';
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The front negotiated a media section for it, which takes this codec of the publication's. */
  attach(sender: RtpSender, codec = this.publication.codecs[0]): void {
    if (this.#closed || !codec) {
      sender.close();
      return;
    }
    this.detach();
    this.#sender = sender;
    this.#codec = codec;
    const { publication } = this;
    const forwarder = new Forwarder(sender, codec, this.subscriber.counters.forwarding);
    this.#forwarder = forwarder;
    this.#retarget();
    sender.observer = {
      onNack: (sequences, batch, now) => forwarder.resend(sequences, batch, now),
      onPace: (batch, now) => forwarder.pace(batch, now),
      onKeyFrameRequest: () => {
        const { layer, keyFrameNeeded } = forwarder;
        publication.requestKeyFrame(codec, layer === NO_LAYER ? keyFrameNeeded : layer, forwarder);
      },
      clock: () => forwarder.clock(),
    };
    this.#changed();
  }

  /** The section was taken away; the subscription waits for another. */
  detach(): void {
    this.#sender?.close();
    this.#sender = undefined;
    this.#forwarder = undefined;
    // What the client gets instead begins as one that is sent.
    this.#setState('active');
    this.#changed();
  }

  /** Whether the client wants packets at present, as for a track that it does not show. */
  setEnabled(enabled: boolean): void {
    if (enabled === this.#enabled) return;
    this.#enabled = enabled;
    if (!enabled) {
      this.#forwarder?.pause();
      this.#setState('active');
    }
    this.#changed();
  }

  /** What the client shows of a video: it gets the layer that is just good enough for that. */
  setWanted(wanted: WantedVideo): void {
    this.#wanted = wanted;
    this.#retarget();
    this.#changed();
    if (this.wantedLayer === NO_LAYER) this.#setState('active');
  }

  /** @param priority 1 to 255; 0 leaves it to the kind of track. */
  setPriority(priority: number): void {
    if (priority === this.#priority) return;
    this.#priority = priority;
    this.subscriber.bandwidthNeedsChanged();
  }

  /** For `StreamAllocator` only. @param layer What the path has room for at most; -1 for none. */
  setAllocated(layer: number): void {
    if (layer !== this.#allocated) {
      this.#allocated = layer;
      this.#retarget();
      this.publication.requestKeyFrames();
    }
    this.#setState(layer === NO_LAYER && this.wantedLayer !== NO_LAYER ? 'paused' : 'active');
  }

  /** Implements `PublicationSubscription`. */
  frameRatesChanged(): void {
    if (this.#wanted.fps) this.#retarget();
  }

  /** Implements `PublicationSubscription`. */
  mutedChanged(): void {
    this.subscriber.bandwidthNeedsChanged();
  }

  /** Implements `PublicationSubscription`. */
  publicationClosed(): void {
    this.subscriber.dropSubscription(this.publication.sid);
  }

  /** Implements `PublicationSubscription`. */
  renew(): void {
    this.subscriber.dropSubscription(this.publication.sid);
    this.subscriber.reconcile();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.detach();
    this.publication.removeSubscription(this);
  }

  #retarget(): void {
    const spatialLayer = Math.min(this.wantedLayer, this.#allocated);
    const temporalLayer = this.#codec?.temporalLayerFor(this.#wanted.fps ?? 0) ?? ALL_LAYERS;
    this.#forwarder?.setTarget(spatialLayer, temporalLayer);
  }

  get #layers(): readonly VideoLayer[] {
    return (this.#codec ?? this.publication).layers;
  }

  #setState(state: StreamState): void {
    if (state === this.#state) return;
    this.#state = state;
    if (state === 'paused') this.subscriber.counters.pauses += 1;
    this.subscriber.streamStateChanged(this, state);
  }

  #changed(): void {
    this.subscriber.bandwidthNeedsChanged();
    this.publication.subscriptionChanged(this);
  }
}
