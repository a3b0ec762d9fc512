import { SessionDescription as SessionDescriptionMessage } from '@livekit/protocol';
import type { MediaSection, SectionAnswer, SessionDescription } from '@parley/rtp';
import { answerSetup, createAnswer, fingerprintBytes, parseSessionDescription } from '@parley/rtp';
import type { Participant, Subscription } from '@parley/sfu';
import { LimitError } from '@parley/sfu';
import type { RemoteParameters, WebRtcServer } from '@parley/transport';
import { idleAnswer, receivingAnswer, sendingAnswer } from './answer.js';
import { MediaSections, type SectionsRequirement } from './media-sections.js';
import { PublisherNegotiation } from './publisher-negotiation.js';

/** What the answers need of the server. */
export type NegotiationServer = Pick<WebRtcServer, 'fingerprint' | 'candidates'>;

export interface NegotiationResult {
  answer: SessionDescriptionMessage;
  /** Sids of the client's tracks that the server has no codec for. */
  dropped: string[];
  /** Subscriptions that the client has no codec for. */
  unsupported: Subscription[];
}

/** Bytes of the greatest data channel message taken: what the transport takes. */
const MAX_MESSAGE_SIZE = 262_144;

/** Answers the offers of one client: a single peer connection that carries what it publishes and what it subscribes to. */
export class Negotiation {
  readonly publisher: PublisherNegotiation;
  readonly #sections: MediaSections;
  readonly #participant: Participant;
  readonly #server: NegotiationServer;
  /** Chosen by the first answer; cannot change while the DTLS association lives. */
  #setup: 'active' | 'passive' | undefined;
  #version = 0;

  constructor(participant: Participant, server: NegotiationServer) {
    this.#participant = participant;
    this.#server = server;
    this.publisher = new PublisherNegotiation(participant);
    this.#sections = new MediaSections(participant);
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
    this.#setRemote({
      iceUfrag: offer.ice.ufrag,
      icePassword: offer.ice.pwd,
      fingerprint: fingerprintBytes(offer.fingerprint),
      role: setup === 'active' ? 'client' : 'server',
      ...(application?.sctp && { maxMessageSize: application.sctp.maxMessageSize }),
    });
    const media = offer.media.filter(({ kind }) => kind !== 'application');
    const dropped = this.publisher.negotiate(media);
    const unsupported = this.#sections.negotiate(media, now);
    return { answer: this.#answer(message.id, offer, setup), dropped, unsupported };
  }

  /** The participant's subscriptions changed. */
  subscriptionsChanged(): void {
    this.#sections.subscriptionsChanged();
  }

  /** The offer that the client is to make, if one is needed and it has not been asked already. */
  requirement(now: number): SectionsRequirement | undefined {
    return this.#version === 0 ? undefined : this.#sections.requirement(this.publisher.wantsOffer, now);
  }

  #setRemote(parameters: RemoteParameters): void {
    try {
      this.#participant.transport.setRemote(parameters);
    } catch (error) {
      if (error instanceof RangeError) throw new LimitError(`The server is full: ${error.message}.`);
      throw error;
    }
  }

  #answer(id: number, offer: SessionDescription, setup: 'active' | 'passive'): SessionDescriptionMessage {
    const { transport } = this.#participant;
    this.#version += 1;
    const sdp = createAnswer(offer, {
      sessionId: Math.floor(this.#participant.joinedAt),
      sessionVersion: this.#version,
      ice: { ufrag: transport.iceUfrag, pwd: transport.icePassword, lite: true },
      fingerprint: { algorithm: 'sha-256', value: this.#server.fingerprint },
      setup,
      candidates: this.#server.candidates.map((candidate) => ({
        ...candidate,
        protocol: 'udp',
        type: 'host',
      })),
      maxMessageSize: MAX_MESSAGE_SIZE,
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
    const publication = this.publisher.publication(section.mid);
    if (publication) return receivingAnswer(section, publication);
    const subscription = this.#sections.subscription(section.mid);
    return subscription ? sendingAnswer(section, subscription) : idleAnswer(section, section.kind);
  }

  /** Track sids by mid, for every section that carries one. */
  #tracks(media: readonly MediaSection[]): Record<string, string> {
    const tracks: Record<string, string> = {};
    for (const { mid } of media) {
      const track = this.publisher.publication(mid) ?? this.#sections.subscription(mid)?.publication;
      if (track) tracks[mid] = track.sid;
    }
    return tracks;
  }
}
