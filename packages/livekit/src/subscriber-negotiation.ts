import { SessionDescription as SessionDescriptionMessage } from '@livekit/protocol';
import type { ExtensionMapping, MediaSection, SdpCodec, SectionOffer } from '@parley/rtp';
import { ExtensionUri, createOffer, fingerprintBytes, parseSessionDescription } from '@parley/rtp';
import type { Participant, Publication, Subscription, TrackKind } from '@parley/sfu';
import type { DataChannelOptions, RtpSender, WebRtcTransport } from '@parley/transport';
import { offeredAudioCodecs } from './audio-codecs.js';
import { dependencyDescriptor, isServed, negotiatedCodec, trackSender, transportSequence } from './answer.js';
import { clientCodecs, withFirst } from './client-codecs.js';
import { localDescription, type NegotiationServer } from './local-description.js';
import { setRemote } from './session-transports.js';

/** A media section in which the client receives. */
interface OfferedSection {
  kind: TrackKind;
  mid: string;
  serving: Serving | undefined;
  /** What it served with last: a section without a track still has codecs. */
  codecs: readonly SdpCodec[];
}

interface Serving {
  subscription: Subscription;
  sender: RtpSender;
  /** The client has answered: media flows. */
  answered: boolean;
}

/** Milliseconds in which changes are collected into one offer. */
const DEBOUNCE = 150;
/** Media sections of one connection, at most. */
const MAX_SECTIONS = 400;
const DATA_MID = '0';
/** Opened by the server; the client opens its own on the connection that it publishes over. */
const DATA_CHANNELS: readonly DataChannelOptions[] = [
  { label: '_reliable' },
  { label: '_lossy', ordered: false, maxRetransmits: 0 },
  { label: '_data_track', ordered: false, maxRetransmits: 0 },
];
const EXTENSIONS: Readonly<Record<TrackKind, readonly ExtensionMapping[]>> = {
  audio: [{ id: 3, uri: ExtensionUri.TRANSPORT_SEQUENCE }],
  video: [
    { id: 3, uri: ExtensionUri.TRANSPORT_SEQUENCE },
    { id: 4, uri: ExtensionUri.DEPENDENCY_DESCRIPTOR },
  ],
};

/**
 * The connection over which a client of `/rtc` receives, which the server offers: one offer at a time, with a section for
 * each subscription. Sections are only ever added; one whose subscription ended is offered as inactive once, and then
 * serves another of its kind.
 */
export class SubscriberNegotiation {
  readonly #participant: Participant;
  readonly #transport: WebRtcTransport;
  readonly #server: NegotiationServer;
  readonly #sections: OfferedSection[] = [];
  /** Subscriptions that the client has no codec for. */
  readonly #unsupported = new WeakSet<Subscription>();
  /** When the next offer is to be made; the first one at once, as the data channels wait for it. */
  #dueAt = 0;
  #offerId = 0;
  #outstanding = false;
  #connected = false;

  constructor(participant: Participant, transport: WebRtcTransport, server: NegotiationServer) {
    this.#participant = participant;
    this.#transport = transport;
    this.#server = server;
  }

  /** The participant's subscriptions changed. */
  subscriptionsChanged(now: number): void {
    this.#dueAt = Math.min(this.#dueAt, now + DEBOUNCE);
  }

  /** The client's signalling was interrupted: offers anew, with an ICE restart, whatever became of the offer before. */
  restart(): void {
    this.#transport.restartIce();
    this.#outstanding = false;
    this.#dueAt = 0;
  }

  /** When an offer is due; Infinity while one waits for its answer. */
  get deadline(): number {
    return this.#outstanding ? Infinity : this.#dueAt;
  }

  /** The offer to send, if one is due and none waits for its answer. */
  poll(now: number): SessionDescriptionMessage | undefined {
    if (this.#outstanding || now < this.#dueAt) return undefined;
    this.#dueAt = Infinity;
    const reusable = this.#releaseEnded();
    for (const subscription of this.#wanted()) this.#serve(subscription, reusable);
    this.#outstanding = true;
    this.#offerId += 1;
    const sdp = createOffer({
      ...localDescription(this.#participant, this.#transport, this.#server),
      sessionVersion: this.#offerId,
      sections: [
        { kind: 'application', mid: DATA_MID },
        ...this.#sections.map((section) => this.#offer(section)),
      ],
    });
    return new SessionDescriptionMessage({
      type: 'offer',
      sdp,
      id: this.#offerId,
      midToTrackId: this.#tracks(),
    });
  }

  /**
   * Lets media flow in the sections that the client took. An answer to another offer than the last one does nothing.
   *
   * @returns Subscriptions that turned out to have no codec in common with this client.
   * @throws SdpError when the answer cannot be used, and nothing has changed; LimitError when the server has no room for
   * another transport.
   */
  answered(message: SessionDescriptionMessage, now: number): Subscription[] {
    const isStale = message.id !== 0 && message.id !== this.#offerId;
    if (!this.#outstanding || isStale) return [];
    const answer = parseSessionDescription(message.sdp);
    const application = answer.media.find(({ sctp }) => sctp !== undefined);
    setRemote(this.#transport, {
      iceUfrag: answer.ice.ufrag,
      icePassword: answer.ice.pwd,
      fingerprint: fingerprintBytes(answer.fingerprint),
      role: answer.setup === 'passive' ? 'client' : 'server',
      ...(application?.sctp && { maxMessageSize: application.sctp.maxMessageSize }),
    });
    this.#openDataChannels();
    this.#outstanding = false;
    const byMid = new Map(answer.media.map((section) => [section.mid, section]));
    const unsupported = this.#sections.filter((section) => !this.#start(section, byMid.get(section.mid)));
    const subscriptions = unsupported.flatMap(({ serving }) => serving?.subscription ?? []);
    for (const section of unsupported) this.#refuse(section);
    if (this.#hasWork()) this.subscriptionsChanged(now);
    return subscriptions;
  }

  #openDataChannels(): void {
    if (this.#connected) return;
    this.#connected = true;
    for (const options of DATA_CHANNELS) this.#transport.openDataChannel(options);
  }

  /** Frees sections of ended subscriptions; answers those that had been free before, and so have been offered as inactive. */
  #releaseEnded(): Set<OfferedSection> {
    const free = new Set(this.#sections.filter(({ serving }) => serving === undefined));
    for (const section of this.#sections) {
      if (section.serving?.subscription.closed !== true) continue;
      section.serving.sender.close();
      section.serving = undefined;
    }
    return free;
  }

  /** Subscriptions that could be served and are not. */
  #wanted(): Subscription[] {
    const served = new Set(this.#sections.map(({ serving }) => serving?.subscription));
    return [...this.#participant.subscriptions.values()].filter(
      (subscription) => !served.has(subscription) && !this.#unsupported.has(subscription),
    );
  }

  #hasWork(): boolean {
    return (
      this.#sections.some(({ serving }) => serving?.subscription.closed === true) || this.#wanted().length > 0
    );
  }

  #serve(subscription: Subscription, reusable: Set<OfferedSection>): void {
    const { kind } = subscription.publication;
    const codecs = offeredCodecs(this.#participant, subscription.publication);
    const section = [...reusable].find((free) => free.kind === kind) ?? this.#addSection(kind);
    if (!section) return;
    reusable.delete(section);
    const sender = this.#transport.createSender({
      mid: section.mid,
      kind,
      codecs: codecs.map(negotiatedCodec),
    });
    section.serving = { subscription, sender, answered: false };
    section.codecs = codecs;
  }

  /** Undefined when there are too many. */
  #addSection(kind: TrackKind): OfferedSection | undefined {
    if (this.#sections.length >= MAX_SECTIONS) return undefined;
    const section = { kind, mid: String(this.#sections.length + 1), serving: undefined, codecs: [] };
    this.#sections.push(section);
    return section;
  }

  #offer({ codecs, kind, mid, serving }: OfferedSection): SectionOffer {
    return {
      kind,
      mid,
      direction: serving ? 'sendonly' : 'inactive',
      codecs,
      extensions: EXTENSIONS[kind],
      rids: [],
      ...(serving && { sender: trackSender(serving.subscription.publication, serving.sender) }),
    };
  }

  /** False when the client does not take what the section sends. */
  #start({ serving }: OfferedSection, answer: MediaSection | undefined): boolean {
    if (!serving || serving.answered) return true;
    const receives = answer?.direction === 'recvonly' || answer?.direction === 'sendrecv';
    if (!receives || answer.rejected) return false;
    const { publication } = serving.subscription;
    const taken = publication.codecsByPreference.find((codec) =>
      isServed(answer.codecs, publication.kind, codec),
    );
    if (!taken) return false;
    serving.answered = true;
    serving.sender.acceptCodecs(answer.codecs.map(negotiatedCodec));
    const { transportSequence: id } = transportSequence(answer.extensions, answer.codecs);
    if (id !== undefined) serving.sender.acceptTransportSequence(id);
    serving.sender.dependencyDescriptor = dependencyDescriptor(answer.extensions).dependencyDescriptor;
    serving.subscription.attach(serving.sender, taken);
    return true;
  }

  #refuse(section: OfferedSection): void {
    if (!section.serving) return;
    this.#unsupported.add(section.serving.subscription);
    section.serving.sender.close();
    section.serving = undefined;
  }

  /** Track sids by mid. */
  #tracks(): Record<string, string> {
    const tracks: Record<string, string> = {};
    for (const { mid, serving } of this.#sections) {
      if (serving) tracks[mid] = serving.subscription.publication.sid;
    }
    return tracks;
  }
}

/**
 * The codecs of a section that sends a publication: those that it can be sent in, and after them all others that the client may
 * ever be sent. Pion takes what the first section of a kind names for all of that kind.
 */
function offeredCodecs(participant: Participant, publication: Publication): SdpCodec[] {
  if (publication.kind === 'audio') return offeredAudioCodecs(publication);
  return publication.codecsByPreference.reduceRight(
    (codecs, { mimeType }) => withFirst(codecs, mimeType),
    clientCodecs(participant, 'video', 'subscribe'),
  );
}
