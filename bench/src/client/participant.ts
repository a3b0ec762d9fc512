import {
  type AddTrackRequest,
  ClientInfo,
  ClientInfo_SDK,
  ConnectionSettings,
  JoinRequest,
  type ParticipantInfo,
  SessionDescription as SignalledDescription,
  type SignalResponse,
  type TrackInfo,
  TrackType,
  UpdateTrackSettings,
} from '@livekit/protocol';
import {
  createOffer,
  fingerprintBytes,
  type IceCandidate,
  parseSessionDescription,
  type SectionOffer,
  type SessionDescription,
} from '@parley/rtp';
import { Deferred } from '../deferred.js';
import { PeerConnection, type PeerConnectionObserver } from './peer-connection.js';
import { receivingSection } from './sections.js';
import { SignalClient } from './signal-client.js';

/** How large a participant's video is shown. */
export interface Tile {
  /** Whose video. */
  identity: string;
  width: number;
  height: number;
}

export interface ParticipantOptions {
  /** `ws://host:port` of the server. */
  url: string;
  token: string;
  /** Monotonic time in milliseconds. */
  now: () => number;
  random: (bytes: number) => Uint8Array;
}

export interface ParticipantObserver extends Pick<PeerConnectionObserver, 'onRtp' | 'onRtcp' | 'onData'> {
  onAnswer(answer: SessionDescription): void;
}

const PROTOCOL_VERSION = 17;
const MAX_MESSAGE_SIZE = 262_144;
/** What LiveKit's SDKs offer when they join. */
const FIRST_SECTIONS = ['audio', 'audio', 'audio', 'video', 'video', 'video'] as const;

/** One participant of a room: signalling, negotiation and the connection for media. */
export class Participant {
  readonly connection: PeerConnection;
  readonly #options: ParticipantOptions;
  readonly #observer: ParticipantObserver;
  readonly #sections: SectionOffer[] = [];
  readonly #sessionId: number;
  readonly #joined = new Deferred<undefined>();
  readonly #answers = new Map<number, (answer: SessionDescription) => void>();
  readonly #publishing = new Map<string, (track: TrackInfo) => void>();
  /** The others' video tracks: sid by identity. */
  readonly #videoTracks = new Map<string, string>();
  readonly #tiles = new Map<string, Tile>();
  #candidate: IceCandidate | undefined;
  #remote: SessionDescription | undefined;
  #signal: SignalClient;
  #sid = '';
  #resumed: Deferred<undefined> | undefined;
  #offers = 0;
  #unanswered: SignalledDescription | undefined;
  #negotiation: Promise<unknown>;

  private constructor(options: ParticipantOptions, observer: ParticipantObserver) {
    this.#options = options;
    this.#observer = observer;
    this.#sessionId = new DataView(options.random(4).slice().buffer).getUint32(0);
    this.connection = new PeerConnection({
      now: options.now,
      random: options.random,
      observer: {
        onConnected: () => this.#joined.resolve(undefined),
        onClosed: () => this.#fail('the connection for media ended'),
        onRtp: (descriptors, at, pool, now) => observer.onRtp(descriptors, at, pool, now),
        onRtcp: (packets, now) => observer.onRtcp(packets, now),
        onData: (payload) => observer.onData?.(payload),
      },
    });
    for (const kind of FIRST_SECTIONS) this.#sections.push(receivingSection(kind, this.#nextMid()));
    this.#sections.push({ kind: 'application', mid: this.#nextMid() });
    const { offer, answered } = this.#createOffer();
    this.#negotiation = answered;
    this.#signal = this.#openSignal({ publisherOffer: offer });
  }

  /**
   * Resolves when media can flow; rejects when the server refuses or goes away before.
   *
   * @param onJoining Is given the participant at once: its `handleTimeout` must be called from then on.
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

  /** Offers the section without its track; resolves with the answer. */
  removeSection(mid: string): Promise<SessionDescription> {
    const index = this.#sections.findIndex((section) => section.mid === mid);
    const section = this.#sections[index];
    if (section?.kind === 'audio' || section?.kind === 'video') {
      const { kind, codecs, extensions } = section;
      this.#sections[index] = { kind, mid, direction: 'inactive', codecs, extensions, rids: [] };
    }
    return this.#negotiate();
  }

  /** Loses the signalling connection and comes back by another; resolves when the server took it. */
  async resume(): Promise<void> {
    this.#signal.drop();
    this.#resumed = new Deferred();
    this.#signal = this.#openSignal({ reconnect: true, participantSid: this.#sid });
    await this.#resumed.promise;
  }

  /** Asks for the layers of others' videos that fit these sizes, as soon as it knows them. */
  show(tiles: readonly Tile[]): void {
    for (const tile of tiles) {
      this.#tiles.set(tile.identity, tile);
      this.#requestLayer(tile.identity);
    }
  }

  handleTimeout(now: number): void {
    this.connection.handleTimeout(now);
  }

  /** Leaves the room. Idempotent. */
  close(): void {
    this.#signal.close();
    this.connection.close();
  }

  #openSignal(request: ConstructorParameters<typeof JoinRequest>[0]): SignalClient {
    return new SignalClient({
      url: this.#options.url,
      token: this.#options.token,
      joinRequest: new JoinRequest({
        clientInfo: new ClientInfo({
          sdk: ClientInfo_SDK.NODE,
          version: '1.1.0',
          protocol: PROTOCOL_VERSION,
        }),
        connectionSettings: new ConnectionSettings({ autoSubscribe: true }),
        ...request,
      }),
      onMessage: (message) => this.#receive(message),
      onClose: (reason) => this.#fail(`signalling ended: ${reason}`),
    });
  }

  /** One offer at a time: the next waits for the answer to the one before. */
  #negotiate(): Promise<SessionDescription> {
    const negotiated = this.#negotiation.then(() => {
      const { offer, answered } = this.#createOffer();
      this.#unanswered = offer;
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
      case 'join':
        this.#sid = message.value.participant?.sid ?? '';
        this.#learnTracks(message.value.otherParticipants);
        break;
      case 'reconnect':
        // It may have been lost with the connection, or its answer.
        if (this.#unanswered !== undefined) this.#signal.send({ case: 'offer', value: this.#unanswered });
        this.#resumed?.resolve(undefined);
        break;
      case 'update':
        this.#learnTracks(message.value.participants);
        break;
      case 'trickle':
        this.#candidate ??= parseCandidate(message.value.candidateInit);
        this.#connect();
        break;
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
      // What else a server says is of no use to a load generator.
      default:
    }
  }

  #receiveAnswer(answer: SessionDescription, id: number): void {
    this.#remote ??= answer;
    if (this.#unanswered?.id === id) this.#unanswered = undefined;
    this.#candidate ??= answer.media.flatMap(({ candidates }) => candidates).find(isUsable);
    this.#connect();
    this.#observer.onAnswer(answer);
    this.#answers.get(id)?.(answer);
    this.#answers.delete(id);
  }

  /** Once it is known who the server is and where: in the answer, or in a candidate that trickles in behind it. */
  #connect(): void {
    if (this.#remote === undefined || this.#candidate === undefined) return;
    const { ice, fingerprint, setup } = this.#remote;
    this.connection.connect({
      address: this.#candidate.ip,
      port: this.#candidate.port,
      ice: { ufrag: ice.ufrag, password: ice.pwd },
      fingerprint: fingerprintBytes(fingerprint),
      role: setup === 'active' ? 'server' : 'client',
    });
  }

  #learnTracks(participants: readonly ParticipantInfo[]): void {
    for (const { identity, tracks } of participants) {
      const video = tracks.find(({ type }) => type === TrackType.VIDEO);
      if (video === undefined || this.#videoTracks.get(identity) === video.sid) continue;
      this.#videoTracks.set(identity, video.sid);
      this.#requestLayer(identity);
    }
  }

  #requestLayer(identity: string): void {
    const tile = this.#tiles.get(identity);
    const sid = this.#videoTracks.get(identity);
    if (tile === undefined || sid === undefined) return;
    this.#signal.send({
      case: 'trackSetting',
      value: new UpdateTrackSettings({ trackSids: [sid], width: tile.width, height: tile.height }),
    });
  }

  #nextMid(): string {
    return String(this.#sections.length);
  }

  #fail(reason: string): void {
    this.#joined.reject(new Error(`Could not join: ${reason}.`));
    this.#resumed?.reject(new Error(`Could not resume: ${reason}.`));
    this.close();
  }
}

function isUsable({ protocol, type }: IceCandidate): boolean {
  return protocol === 'udp' && type === 'host';
}

/** A candidate as browsers write it into JSON (RFC 8839 section 5.1); undefined for one of no use here. */
function parseCandidate(json: string): IceCandidate | undefined {
  const { candidate } = JSON.parse(json) as { candidate?: string };
  const fields = /^candidate:(\S+) \d+ (udp|tcp) (\d+) (\S+) (\d+) typ host/i.exec(candidate ?? '');
  const [, foundation = '', protocol, priority, ip = '', port] = fields ?? [];
  if (protocol?.toLowerCase() !== 'udp') return undefined;
  return { foundation, protocol: 'udp', priority: Number(priority), ip, port: Number(port), type: 'host' };
}
