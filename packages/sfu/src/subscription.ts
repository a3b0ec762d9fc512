import type { RtpSender } from '@parley/transport';
import { Forwarder } from './forwarder.js';
import type { Participant } from './participant.js';
import type { Publication } from './publication.js';

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
  #forwarder: Forwarder | undefined;
  #enabled = true;
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

  get enabled(): boolean {
    return this.#enabled;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The front negotiated a media section for it. */
  attach(sender: RtpSender): void {
    if (this.#closed) {
      sender.close();
      return;
    }
    this.detach();
    this.#sender = sender;
    const forwarder = new Forwarder(sender);
    this.#forwarder = forwarder;
    sender.source = {
      onNack: (sequences, batch, now) => forwarder.resend(sequences, batch, now),
      onKeyFrameRequest: () => this.publication.requestKeyFrame(),
      clock: () => forwarder.clock(),
    };
    this.publication.subscriptionChanged();
  }

  /** The section was taken away; the subscription waits for another. */
  detach(): void {
    this.#sender?.close();
    this.#sender = undefined;
    this.#forwarder = undefined;
    this.publication.subscriptionChanged();
  }

  /** Whether the client wants packets at present, as for a track that it does not show. */
  setEnabled(enabled: boolean): void {
    if (enabled === this.#enabled) return;
    this.#enabled = enabled;
    if (!enabled) this.#forwarder?.pause();
    this.publication.subscriptionChanged();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.detach();
    this.publication.removeSubscription(this);
  }
}
