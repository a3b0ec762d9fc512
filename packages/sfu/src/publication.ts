import type { Encoding, ReceiverSink, RtpReceiver, SendBatch } from '@parley/transport';
import type { Forwarder } from './forwarder.js';
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
  readonly #subscriptions = new Set<Subscription>();
  #forwarders: Forwarder[] = [];
  #receiver: RtpReceiver | undefined;
  #encoding: Encoding | undefined;
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

  get closed(): boolean {
    return this.#closed;
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
    receiver.sink = this;
    // First who and what it is, then that it wants a media section.
    this.participant.changed();
    if (first) this.participant.room.publicationAttached(this);
  }

  setMuted(muted: boolean): void {
    if (muted === this.#muted) return;
    this.#muted = muted;
    if (muted) for (const forwarder of this.#forwarders) forwarder.pause();
    else this.requestKeyFrame();
    if (this.attached) this.participant.changed();
  }

  /** Asks the publisher for a key frame; the transport throttles. */
  requestKeyFrame(): void {
    if (this.kind === 'video' && !this.#muted) this.#encoding?.requestKeyFrame();
  }

  /** Implements `ReceiverSink`. One layer is received at a time: the newest stream is the one to forward. */
  onEncoding(encoding: Encoding): void {
    this.#encoding = encoding;
    this.subscriptionChanged();
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
    if (this.#muted || encoding !== this.#encoding) return;
    const forwarders = this.#forwarders;
    for (let index = 0; index < forwarders.length; index++) {
      forwarders[index]!.forward(rx, first, last, batch, now);
    }
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
  }

  /** For `Subscription` only: senders came, went, or were paused. */
  subscriptionChanged(): void {
    this.#forwarders = [];
    let waiting = false;
    for (const { forwarder } of this.#subscriptions) {
      if (!forwarder) continue;
      forwarder.setSource(this.#encoding);
      waiting ||= forwarder.waitsForKeyFrame;
      this.#forwarders.push(forwarder);
    }
    if (waiting) this.requestKeyFrame();
  }

  /** Idempotent; closes its subscriptions and its receiver. `Participant.unpublish` calls it. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const subscription of this.#subscriptions) subscription.subscriber.dropSubscription(this.sid);
    this.#receiver?.close();
    this.#forwarders = [];
    this.#encoding = undefined;
  }
}
