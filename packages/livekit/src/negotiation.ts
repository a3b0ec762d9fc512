import type { SignalResponse } from '@livekit/protocol';
import { MediaSectionsRequirement, SessionDescription as SessionDescriptionMessage } from '@livekit/protocol';
import type { MediaSection, SectionAnswer, SessionDescription } from '@parley/rtp';
import { answerSetup, createAnswer, fingerprintBytes, parseSessionDescription } from '@parley/rtp';
import type { Participant, Subscription } from '@parley/sfu';
import type { WebRtcTransport } from '@parley/transport';
import { idleAnswer, receivingAnswer, sendingAnswer } from './answer.js';
import { localDescription, type NegotiationServer } from './local-description.js';
import { MediaSections } from './media-sections.js';
import { PublisherNegotiation } from './publisher-negotiation.js';
import { setRemote, type SessionTransports } from './session-transports.js';
import { SubscriberNegotiation } from './subscriber-negotiation.js';

export interface NegotiationResult {
  answer: SessionDescriptionMessage;
  /** Sids of the client's tracks that the server has no codec for. */
  dropped: string[];
  /** Subscriptions that the client has no codec for. */
  unsupported: Subscription[];
}

/**
 * Describes the transports of one client. It always offers what it publishes. A client of `/rtc/v1` receives over the same
 * connection, in sections that it offers; one of `/rtc` over another, which the server offers.
 */
export class Negotiation {
  readonly publisher: PublisherNegotiation;
  /** Of `/rtc` only. */
  readonly subscriber: SubscriberNegotiation | undefined;
  /** Of `/rtc/v1` only. */
  readonly #sections: MediaSections | undefined;
  readonly #participant: Participant;
  readonly #transport: WebRtcTransport;
  readonly #server: NegotiationServer;
  /** Chosen by the first answer; cannot change while the DTLS association lives. */
  #setup: 'active' | 'passive' | undefined;
  #version = 0;

  constructor(participant: Participant, transports: SessionTransports, server: NegotiationServer) {
    const { publisher, subscriber } = transports;
    this.#participant = participant;
    this.#transport = publisher;
    this.#server = server;
    this.publisher = new PublisherNegotiation(participant, publisher);
    const isDual = subscriber !== publisher;
    this.subscriber = isDual ? new SubscriberNegotiation(participant, subscriber, server) : undefined;
    this.#sections = isDual ? undefined : new MediaSections(participant, subscriber);
  }

  /**
   * Publishes, unpublishes, and assigns media sections as the offer says.
   *
   * @throws SdpError when the offer cannot be used, and nothing has changed; LimitError when the server has no room for
   * another transport.
   */
  negotiate(message: SessionDescriptionMessage, now: number): NegotiationResult {
    const offer = parseSessionDescription(message.sdp);
    const setup = (this.#setup ??= answerSetup(offer.setup));
    const application = offer.media.find(({ sctp }) => sctp !== undefined);
    setRemote(this.#transport, {
      iceUfrag: offer.ice.ufrag,
      icePassword: offer.ice.pwd,
      fingerprint: fingerprintBytes(offer.fingerprint),
      role: setup === 'active' ? 'client' : 'server',
      ...(application?.sctp && { maxMessageSize: application.sctp.maxMessageSize }),
    });
    const media = offer.media.filter(({ kind }) => kind !== 'application');
    const dropped = this.publisher.negotiate(media);
    const unsupported = this.#sections?.negotiate(media, now) ?? [];
    return { answer: this.#answer(message.id, offer, setup), dropped, unsupported };
  }

  /** The participant's subscriptions changed. */
  subscriptionsChanged(now: number): void {
    this.subscriber?.subscriptionsChanged(now);
    this.#sections?.subscriptionsChanged();
  }

  /** The client may have missed what it was asked for. */
  restart(): void {
    this.subscriber?.restart();
    this.#sections?.restart();
  }

  /** When `poll` may have something that it has not at present; Infinity if only what happens meanwhile can change that. */
  get deadline(): number {
    if (this.subscriber) return this.subscriber.deadline;
    return this.#sections?.deadline ?? Infinity;
  }

  /** What the client is to be asked for, if anything: an answer to the server's offer, or an offer of its own. */
  poll(now: number): SignalResponse['message'] | undefined {
    const offer = this.subscriber?.poll(now);
    if (offer) return { case: 'offer', value: offer };
    if (this.#version === 0) return undefined;
    const requirement = this.#sections?.requirement(this.publisher.wantsOffer, now);
    return (
      requirement && { case: 'mediaSectionsRequirement', value: new MediaSectionsRequirement(requirement) }
    );
  }

  #answer(id: number, offer: SessionDescription, setup: 'active' | 'passive'): SessionDescriptionMessage {
    this.#version += 1;
    const sdp = createAnswer(offer, {
      ...localDescription(this.#participant, this.#transport, this.#server),
      sessionVersion: this.#version,
      setup,
      sections: offer.media.map((section) => this.#answerSection(section)),
    });
    return new SessionDescriptionMessage({
      type: 'answer',
      sdp,
      id,
      midToTrackId: this.#tracks(offer.media),
    });
  }

  #answerSection(section: MediaSection): SectionAnswer {
    if (section.rejected) return { action: 'reject' };
    if (section.kind === 'application') return { action: 'application' };
    const published = this.publisher.section(section.mid);
    if (published) return receivingAnswer(section, published.publication, published.preferred);
    const subscription = this.#sections?.subscription(section.mid);
    return subscription
      ? sendingAnswer(section, this.#participant, subscription)
      : idleAnswer(section, this.#participant, section.kind);
  }

  /** Track sids by mid, for every section that carries one. */
  #tracks(media: readonly MediaSection[]): Record<string, string> {
    const tracks: Record<string, string> = {};
    for (const { mid } of media) {
      const track =
        this.publisher.section(mid)?.publication ?? this.#sections?.subscription(mid)?.publication;
      if (track) tracks[mid] = track.sid;
    }
    return tracks;
  }
}
