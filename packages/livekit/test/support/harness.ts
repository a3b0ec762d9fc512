import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { PartialMessage } from '@bufbuild/protobuf';
import type { SessionDescription } from '@livekit/protocol';
import {
  ConnectionSettings,
  JoinRequest,
  SignalRequest,
  SignalResponse,
  WrappedJoinRequest,
  WrappedJoinRequest_Compression,
} from '@livekit/protocol';
import type { SignalVersion } from '../../src/join-request.js';
import { createAccessToken, type VideoGrant } from '@parley/access';
import type { LiveKitOptions, SignalSession } from '../../src/index.js';
import { LiveKitService } from '../../src/index.js';
import { Sfu } from '@parley/sfu';
import type { FakeTransport } from './fake-server.js';
import { FakeServer } from './fake-server.js';

export const API_KEY = 'devkey';
export const API_SECRET = 'a secret of more than thirty-two characters';
/** When tests begin, milliseconds since 1970. */
export const WALL = Date.UTC(2026, 0, 1);
export const MICROPHONE = fixtureTrack('7');
export const CAMERA = fixtureTrack('8');
export const SCREEN = fixtureTrack('9');
export type Fixture =
  'chromium-join' | 'chromium-publish' | 'chromium-simulcast' | 'rtc-node-join' | 'rtc-node-publisher';

/** A track in the fixture `chromium-publish`: its id in the offer, and the mid of its section. */
export interface FixtureTrack {
  cid: string;
  mid: string;
}

type Message = SignalResponse['message'];
type Case = NonNullable<Message['case']>;
type ValueOf<C extends Case> = Extract<Message, { case: C }>['value'];

export interface JoinOptions {
  /** Default `v1`. */
  version?: SignalVersion;
  /** Of `/rtc`, beside the token. */
  query?: Record<string, string>;
  userAgent?: string;
  room?: string;
  video?: Partial<VideoGrant>;
  kind?: string;
  name?: string;
  /** Seconds that the token is good for; an hour, if none are given. */
  lifetime?: number;
  /** Of the token, beyond those that it always has. */
  claims?: Record<string, unknown>;
  request?: PartialMessage<JoinRequest>;
  /** SDP of the offer in the join; default one like a browser's, with three sections to receive of each kind. */
  offer?: string | undefined;
}

/** A service with a clock that stands still until moved, and a server without a network. */
export class Harness {
  now = 1000;
  readonly server = new FakeServer();
  readonly sfu: Sfu;
  readonly service: LiveKitService;
  readonly logs: { level: string; fields: Record<string, unknown>; message: string }[] = [];
  #random = 1;

  constructor(
    limits: { rooms: number; participantsPerRoom: number; dataPacketsPerSecond?: number } = {
      rooms: 10,
      participantsPerRoom: 10,
    },
    further: Pick<LiveKitOptions, 'autoCreate' | 'remoteUnmute' | 'onWebhook' | 'iceServers'> = {},
  ) {
    const clock = { now: () => this.now, wall: () => WALL + this.now };
    const random = (bytes: number) => Uint8Array.from({ length: bytes }, () => this.#nextRandom());
    const { dataPacketsPerSecond, ...rooms } = limits;
    this.sfu = new Sfu({
      clock,
      random,
      limits: { ...rooms, publicationsPerParticipant: 50 },
    });
    this.service = new LiveKitService({
      keys: new Map([[API_KEY, API_SECRET]]),
      sfu: this.sfu,
      server: this.server,
      clock,
      random,
      log: (level, fields, message) => this.logs.push({ level, fields, message }),
      ...(dataPacketsPerSecond !== undefined && { dataPacketsPerSecond }),
      version: '0.0.0-test',
      ...further,
    });
  }

  /** Lets time pass and runs the timers once. */
  advance(milliseconds = 50): void {
    this.now += milliseconds;
    this.sfu.handleTimeout(this.now);
    this.service.handleTimeout(this.now);
  }

  /** @throws Error when the service refuses. */
  async join(identity: string, options: JoinOptions = {}): Promise<FakeClient> {
    const client = new FakeClient();
    const version = options.version ?? 'v1';
    const joinRequest = joinParameter({
      connectionSettings: new ConnectionSettings({ autoSubscribe: true }),
      ...('offer' in options && options.offer === undefined
        ? {}
        : { publisherOffer: { type: 'offer', sdp: options.offer ?? fixture('chromium-join'), id: 1 } }),
      ...options.request,
    });
    const query = new URLSearchParams({
      access_token: await token(identity, options),
      ...(version === 'v1' ? { join_request: joinRequest } : options.query),
    });
    const answer = await this.service.connect(
      { version, query, authorization: undefined, userAgent: options.userAgent ?? '', address: '' },
      client,
    );
    if (!answer.ok) throw new Error(`${answer.status} ${answer.text}`);
    client.session = answer.session;
    const [first, second] = this.server.transports.slice(version === 'v0' ? -2 : -1);
    client.transport = first;
    client.publisherTransport = second ?? first;
    return client;
  }

  /** The client comes back over another WebSocket, with what it says of itself. */
  async resume(identity: string, options: JoinOptions & { sid?: string } = {}): Promise<FakeClient> {
    const participantSid = options.sid ?? '';
    return this.join(identity, {
      ...options,
      offer: undefined,
      query: { reconnect: '1', sid: participantSid },
      request: { reconnect: true, participantSid, ...options.request },
    });
  }

  #nextRandom(): number {
    this.#random = (this.#random * 48_271) % 0x7fff_ffff;
    return this.#random & 0xff;
  }
}

/** The client's end of a WebSocket, and its transport as the server sees it. */
export class FakeClient {
  readonly frames: (Uint8Array | string)[] = [];
  readonly messages: Message[] = [];
  closedWith: string | undefined;
  session: SignalSession | undefined;
  /** What the client receives over. */
  transport: FakeTransport | undefined;
  publisherTransport: FakeTransport | undefined;
  #offers = 100;

  /** The service sends. */
  send(data: Uint8Array | string): void {
    this.frames.push(data);
    const response =
      typeof data === 'string' ? SignalResponse.fromJsonString(data) : SignalResponse.fromBinary(data);
    this.messages.push(response.message);
  }

  /** The service closes. */
  close(_code: number, reason: string): void {
    this.closedWith = reason;
  }

  /** The client sends. */
  tell(message: NonNullable<PartialMessage<SignalRequest>['message']>): void {
    this.session?.receive(new SignalRequest({ message }).toBinary());
  }

  /** The client offers and gets its answer. */
  negotiate(sdp: string): SessionDescription {
    const id = ++this.#offers;
    this.tell({ case: 'offer', value: { type: 'offer', sdp, id } });
    return this.last('answer');
  }

  all<C extends Case>(kind: C): ValueOf<C>[] {
    return this.messages
      .filter((message) => message.case === kind)
      .map((message) => message.value as ValueOf<C>);
  }

  /** The last message of a kind. */
  last<C extends Case>(kind: C): ValueOf<C> {
    const value = this.all(kind).at(-1);
    if (value === undefined) throw new Error(`no ${kind} has come`);
    return value;
  }

  /** The kinds of messages since the last call, in their order. */
  takeCases(): (Case | undefined)[] {
    return this.messages.splice(0).map((message) => message.case);
  }
}

export function token(
  identity: string,
  options: Pick<JoinOptions, 'room' | 'video' | 'name' | 'kind' | 'claims' | 'lifetime'> = {},
): Promise<string> {
  return createAccessToken({
    apiKey: API_KEY,
    secret: API_SECRET,
    identity,
    name: options.name ?? '',
    kind: options.kind ?? 'standard',
    ...(options.claims && { claims: options.claims }),
    video: { roomJoin: true, room: options.room ?? 'lobby', ...options.video },
    lifetime: options.lifetime ?? 3600,
    wall: WALL,
  });
}

/** The `join_request` parameter for a request. */
export function joinParameter(request: PartialMessage<JoinRequest>): string {
  const wrapped = new WrappedJoinRequest({
    compression: WrappedJoinRequest_Compression.GZIP,
    joinRequest: gzipSync(new JoinRequest(request).toBinary()),
  });
  return Buffer.from(wrapped.toBinary()).toString('base64url');
}

/** A real offer, captured. */
export function fixture(name: Fixture): string {
  return readFileSync(new URL(`../../../rtp/test/fixtures/${name}.sdp`, import.meta.url), 'utf8');
}

/** An offer with the direction of one section changed. */
export function withDirection(sdp: string, mid: string, direction: string): string {
  return mapSection(sdp, mid, (section) =>
    section.replace(/^a=(sendonly|recvonly|sendrecv|inactive)\r$/m, `a=${direction}\r`),
  );
}

/** An offer with further sections to receive, copies of its first one of the kind. */
export function withMoreSections(sdp: string, kind: 'audio' | 'video', mids: readonly string[]): string {
  const template = sdp
    .split(/^(?=m=)/m)
    .find((section) => section.startsWith(`m=${kind}`) && section.includes('a=recvonly'));
  if (template === undefined) throw new Error(`no ${kind} section to receive`);
  const copies = mids.map((mid) => template.replace(/^a=mid:.*\r$/m, `a=mid:${mid}\r`));
  return sdp.replace(/^a=group:BUNDLE .*(?=\r$)/m, (group) => [group, ...mids].join(' ')) + copies.join('');
}

/** One section of a description. */
export function section(sdp: string, mid: string): string {
  const found = sdp.split(/^(?=m=)/m).find((part) => part.includes(`\r\na=mid:${mid}\r\n`));
  if (found === undefined) throw new Error(`no section with mid ${mid}`);
  return found;
}

/** The id of the track that a section sends. */
export function trackId(sdp: string, mid: string): string {
  return /^a=msid:\S+ (\S+)\r$/m.exec(section(sdp, mid))?.[1] ?? '';
}

function mapSection(sdp: string, mid: string, map: (section: string) => string): string {
  return sdp
    .split(/^(?=m=)/m)
    .map((part) => (part.includes(`\r\na=mid:${mid}\r\n`) ? map(part) : part))
    .join('');
}

function fixtureTrack(mid: string): FixtureTrack {
  return { cid: trackId(fixture('chromium-publish'), mid), mid };
}
