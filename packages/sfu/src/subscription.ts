import { isSameMimeType, MimeType } from '@parley/rtp';
import type { RtpSender } from '@parley/transport';
import { Forwarder } from './forwarder.js';
import {
  qualityOfLayer,
  wantedSpatialLayer,
  type VideoLayer,
  type VideoQuality,
  type WantedVideo,
} from './layers/layer-quality.js';
import type { Participant } from './participant.js';
import type { Publication } from './publication.js';
import type { PublishedCodec } from './published-codec.js';

/**
 * One participant's wish to receive one publication.
 *
 * It exists as long as it is wanted and allowed. Media flows while it also has a sender (the front negotiated one) and
 * is enabled (the client shows the track).
 */
export class Subscription {
  readonly publication: Publication;
  readonly subscriber: Participant;
  #sender: RtpSender | undefined;
  #codec: PublishedCodec | undefined;
  #forwarder: Forwarder | undefined;
  #enabled = true;
  #wanted: WantedVideo = { quality: 'high', width: 0, height: 0 };
  #closed = false;

  /** Made by `Participant`, as its subscriptions are reconciled. */
  constructor(publication: Publication, subscriber: Participant) {
    this.publication = publication;
    this.subscriber = subscriber;
    publication.addSubscription(this);
  }

  get sender(): RtpSender | undefined {
    return this.#sender;
  }

  /** What forwards its packets, while media may flow. */
  get forwarder(): Forwarder | undefined {
    return this.#enabled ? this.#forwarder : undefined;
  }

  /** Which of the publication's codecs it gets; undefined before a media section is negotiated. */
  get codec(): PublishedCodec | undefined {
    return this.#codec;
  }

  get enabled(): boolean {
    return this.#enabled;
  }

  /** The quality of the layer that the subscriber is to get; `off` while it wants none. */
  get wantedQuality(): VideoQuality {
    return this.#enabled && !this.#closed ? qualityOfLayer(this.#targetLayer, this.#layers) : 'off';
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
    const isMunged = codec.isSimulcast && isSameMimeType(codec.mimeType, MimeType.VP8);
    const forwarder = new Forwarder(sender, isMunged);
    forwarder.setTarget(this.#targetLayer);
    this.#forwarder = forwarder;
    sender.source = {
      onNack: (sequences, batch, now) => forwarder.resend(sequences, batch, now),
      onKeyFrameRequest: () => publication.requestKeyFrame(codec, forwarder.layer),
      clock: () => forwarder.clock(),
    };
    publication.subscriptionChanged(this);
  }

  /** The section was taken away; the subscription waits for another. */
  detach(): void {
    this.#sender?.close();
    this.#sender = undefined;
    this.#forwarder = undefined;
    this.publication.subscriptionChanged(this);
  }

  /** Whether the client wants packets at present, as for a track that it does not show. */
  setEnabled(enabled: boolean): void {
    if (enabled === this.#enabled) return;
    this.#enabled = enabled;
    if (!enabled) this.#forwarder?.pause();
    this.publication.subscriptionChanged(this);
  }

  /** What the client shows of a video: it gets the layer that is just good enough for that. */
  setWanted(wanted: WantedVideo): void {
    this.#wanted = wanted;
    this.#forwarder?.setTarget(this.#targetLayer);
    this.publication.subscriptionChanged(this);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.detach();
    this.publication.removeSubscription(this);
  }

  get #targetLayer(): number {
    return wantedSpatialLayer(this.#wanted, this.#layers);
  }

  get #layers(): readonly VideoLayer[] {
    return (this.#codec ?? this.publication).layers;
  }
}
