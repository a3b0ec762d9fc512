import {
  type AddTrackRequest,
  ClientInfo,
  ClientInfo_SDK,
  ConnectionSettings,
  JoinRequest,
  SessionDescription as SignalledDescription,
  type SignalResponse,
  type TrackInfo,
} from '@livekit/protocol';
import {
  createOffer,
  fingerprintBytes,
  parseSessionDescription,
  type SectionOffer,
  type SessionDescription,
} from '@parley/rtp';
import { Deferred } from '../deferred.js';
import { PeerConnection, type PeerConnectionObserver } from './peer-connection.js';
import { receivingSection } from './sections.js';
import { SignalClient } from './signal-client.js';

export interface ParticipantOptions {
  /** `ws://host:port` of the server. */
  url: string;
  token: string;
  /** Monotonic time in milliseconds. */
  now: () => number;
  random: (bytes: number) => Uint8Array;
}

export interface ParticipantObserver extends Pick<PeerConnectionObserver, 'onRtp' | 'onRtcp'> {
  onAnswer(answer: SessionDescription): void;
}

const PROTOCOL_VERSION = 17;
const MAX_MESSAGE_SIZE = 262_144;
/** What LiveKit's SDKs offer when they join. */
const FIRST_SECTIONS = ['audio', 'audio', 'audio', 'video', 'video', 'video'] as const;

/** One participant of a room: signalling, negotiation and the connection for media. */
export class Participant {
  readonly connection: PeerConnection;
  readonly #observer: ParticipantObserver;
  readonly #signal: SignalClient;
  readonly #sections: SectionOffer[] = [];
  readonly #sessionId: number;
  readonly #joined = new Deferred<undefined>();
  readonly #answers = new Map<number, (answer: SessionDescription) => void>();
  readonly #publishing = new Map<string, (track: TrackInfo) => void>();
  #offers = 0;
  #negotiation: Promise<unknown>;

  private constructor(options: ParticipantOptions, observer: ParticipantObserver) {
    this.#observer = observer;
    this.#sessionId = new DataView(options.random(4).slice().buffer).getUint32(0);
    this.connection = new PeerConnection({
      now: options.now,
      random: options.random,
      observer: {
        onConnected: () => this.#joined.resolve(undefined),
        onClosed: () => this.#fail('the connection for media ended'),
        onRtp: (ssrc, sequence, timestamp, now) => observer.onRtp(ssrc, sequence, timestamp, now),
        onRtcp: (packet) => observer.onRtcp(packet),
      },
    });
    for (const kind of FIRST_SECTIONS) this.#sections.push(receivingSection(kind, this.#nextMid()));
    this.#sections.push({ kind: 'application', mid: this.#nextMid() });
    const { offer, answered } = this.#createOffer();
    this.#negotiation = answered;
    this.#signal = new SignalClient({
      url: options.url,
      token: options.token,
      joinRequest: new JoinRequest({
        clientInfo: new ClientInfo({
          sdk: ClientInfo_SDK.NODE,
          version: '1.1.0',
          protocol: PROTOCOL_VERSION,
        }),
        connectionSettings: new ConnectionSettings({ autoSubscribe: true }),
        publisherOffer: offer,
      }),
      onMessage: (message) => this.#receive(message),
      onClose: (reason) => this.#fail(`signalling ended: ${reason}`),
    });
  }

  /**
   * Resolves when media can flow; rejects when the server refuses or goes away before.
   *
   * @param onJoining Is given the participant at once: its `handleTimers` must be called from then on.
   */
  static async join(
    options: ParticipantOptions,
    observer: ParticipantObserver,
    onJoining: (participant: Participant) => void,
  ): Promise<Participant> {
    const participant = new Participant(options, observer);
    onJoining(participant);
    await participant.#joined.promise;
    return participant;
  }

  /** Announces a track; resolves with what the server made of it. */
  announce(request: AddTrackRequest): Promise<TrackInfo> {
    return new Promise((resolve) => {
      this.#publishing.set(request.cid, resolve);
      this.#signal.send({ case: 'addTrack', value: request });
    });
  }

  /** Offers another section, which `create` makes for its mid; resolves with the answer. */
  async addSection(
    create: (mid: string) => SectionOffer,
  ): Promise<{ mid: string; answer: SessionDescription }> {
    const mid = this.#nextMid();
    this.#sections.push(create(mid));
    return { mid, answer: await this.#negotiate() };
  }

  handleTimers(now: number): void {
    this.connection.handleTimers(now);
  }

  /** Leaves the room. Idempotent. */
  close(): void {
    this.#signal.close();
    this.connection.close();
  }

  /** One offer at a time: the next waits for the answer to the one before. */
  #negotiate(): Promise<SessionDescription> {
    const negotiated = this.#negotiation.then(() => {
      const { offer, answered } = this.#createOffer();
      this.#signal.send({ case: 'offer', value: offer });
      return answered;
    });
    this.#negotiation = negotiated;
    return negotiated;
  }

  #createOffer(): { offer: SignalledDescription; answered: Promise<SessionDescription> } {
    const id = ++this.#offers;
    const sdp = createOffer({
      sessionId: this.#sessionId,
      sessionVersion: id,
      ice: {
        ufrag: this.connection.credentials.ufrag,
        pwd: this.connection.credentials.password,
        lite: false,
      },
      fingerprint: { algorithm: 'sha-256', value: this.connection.fingerprint },
      candidates: [],
      maxMessageSize: MAX_MESSAGE_SIZE,
      sections: this.#sections,
    });
    const answered = new Promise<SessionDescription>((resolve) => this.#answers.set(id, resolve));
    return { offer: new SignalledDescription({ type: 'offer', sdp, id }), answered };
  }

  #receive(message: SignalResponse['message']): void {
    switch (message.case) {
      case 'answer':
        this.#receiveAnswer(parseSessionDescription(message.value.sdp), message.value.id);
        break;
      case 'trackPublished':
        if (message.value.track !== undefined) this.#publishing.get(message.value.cid)?.(message.value.track);
        break;
      case 'mediaSectionsRequirement':
        for (let i = 0; i < message.value.numAudios; i += 1) {
          this.#sections.push(receivingSection('audio', this.#nextMid()));
        }
        for (let i = 0; i < message.value.numVideos; i += 1) {
          this.#sections.push(receivingSection('video', this.#nextMid()));
        }
        void this.#negotiate();
        break;
      case 'leave':
        this.#fail(`the server said goodbye: ${message.value.reason}`);
        break;
    }
  }

  #receiveAnswer(answer: SessionDescription, id: number): void {
    const candidate = answer.media
      .flatMap(({ candidates }) => candidates)
      .find(({ protocol, type }) => protocol === 'udp' && type === 'host');
    if (candidate !== undefined) {
      this.connection.connect({
        address: candidate.ip,
        port: candidate.port,
        ice: { ufrag: answer.ice.ufrag, password: answer.ice.pwd },
        fingerprint: fingerprintBytes(answer.fingerprint),
        role: answer.setup === 'active' ? 'server' : 'client',
      });
    }
    this.#observer.onAnswer(answer);
    this.#answers.get(id)?.(answer);
    this.#answers.delete(id);
  }

  #nextMid(): string {
    return String(this.#sections.length);
  }

  #fail(reason: string): void {
    this.#joined.reject(new Error(`Could not join: ${reason}.`));
    this.close();
  }
}
