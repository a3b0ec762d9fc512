import type { JoinRequest } from '@livekit/protocol';
import type { Clock, Participant, RoomQuota } from '@parley/sfu';
import { LimitError, Sfu } from '@parley/sfu';
import type { WebRtcServer } from '@parley/transport';
import { RoomService } from './api/room-service.js';
import { RpcCalls } from './api/rpc-calls.js';
import { TwirpHandler, type TwirpRequest, type TwirpResponse } from './api/twirp-handler.js';
import { AccessTokenError, AccessTokenVerifier, tokenOfRequest } from './access-token.js';
import type { AccessGrants } from './grants.js';
import { permissionsFromGrants } from './grants.js';
import { DataPacketRelay } from './data-packets.js';
import { DeferredObserver } from './deferred-observer.js';
import { iceServers, type IceServerOptions } from './ice-servers.js';
import { JoinRequestError, readJoinRequest, type SignalVersion } from './join-request.js';
import { leaveRequest } from './leave.js';
import type { JoinFailureStatus, LiveKitMetrics } from './metrics.js';
import { LiveKitCounters } from './metrics.js';
import type { NegotiationServer } from './local-description.js';
import { Negotiation } from './negotiation.js';
import { checkSizes, type OwnMetadata } from './own-metadata.js';
import { ParticipantDetails } from './participant-info.js';
import { ParticipantUpdates } from './participant-updates.js';
import { LastTold } from './last-told.js';
import { roomSettings } from './room-settings.js';
import { ServiceEvents } from './service-events.js';
import type { Log } from './session-context.js';
import { SignalChannel, type SignalConnection } from './signal-channel.js';
import { ParticipantSession, type SignalSession } from './signal-session.js';
import { TokenRefresher } from './token-refresher.js';
import type { Webhook } from './webhooks/webhook-events.js';

export interface LiveKitOptions {
  /** API key → secret. */
  keys: ReadonlyMap<string, string>;
  server: NegotiationServer & Pick<WebRtcServer, 'createTransport'>;
  clock: Clock;
  /** Cryptographically strong random bytes. */
  random: (bytes: number) => Uint8Array;
  log: Log;
  limits: {
    rooms: number;
    participantsPerRoom: number;
    /** UDP packets with data of one participant that may go to others in a second. Default 20,000. */
    dataPacketsPerSecond?: number;
  };
  /** Keeps the limit of rooms for this service and others together. Default: it is for this one alone. */
  roomQuota?: RoomQuota;
  /** Parley's own. */
  version: string;
  /** Told to clients that join or resume. Default none. */
  iceServers?: readonly IceServerOptions[];
  /** Whether the server API may unmute participants. Default no. */
  remoteUnmute?: boolean;
  /** Takes what the server's operator wants to hear of. Default nobody does. */
  onWebhook?: (webhook: Webhook) => void;
  /** Takes the names of rooms that begin, before anybody is in them, and of those that have ended. Default nobody does. */
  onRoomStarted?: (room: string) => void;
  onRoomFinished?: (room: string) => void;
}

/** What came with the WebSocket's HTTP request, or with the request to validate it. */
export interface SignalRequest {
  version: SignalVersion;
  query: URLSearchParams;
  /** The header, if there is one. */
  authorization: string | undefined;
  userAgent: string;
  address: string;
}

/** The way to a session, or the HTTP answer instead of the WebSocket's upgrade. */
export type SignalAnswer = { ok: true; session: SignalSession } | { ok: false; status: number; text: string };

/** A request that passed the door. */
interface Admission {
  version: SignalVersion;
  grants: AccessGrants;
  room: string;
  request: JoinRequest;
}

class JoinError extends Error {
  readonly status: JoinFailureStatus;

  constructor(status: JoinFailureStatus, message: string) {
    super(message);
    this.status = status;
  }
}

/** Characters of a room's name and of an identity. */
const MAX_NAME_LENGTH = 256;
const PUBLICATIONS_PER_PARTICIPANT = 50;
const DATA_PACKETS_PER_SECOND = 20_000;
const NORMAL_CLOSURE = 1000;

/** LiveKit's signalling protocol (`/rtc`, `/rtc/v1`) and server API in front of an sfu: checks who may join, runs the sessions. */
export class LiveKitService {
  readonly #options: LiveKitOptions;
  readonly #verifier: AccessTokenVerifier;
  readonly #sfu: Sfu;
  readonly #rpcCalls: RpcCalls;
  readonly #twirp: TwirpHandler;
  readonly #counters = new LiveKitCounters();
  readonly #sessions = new Map<Participant, ParticipantSession>();

  constructor(options: LiveKitOptions) {
    const { clock, keys, limits, log, random, remoteUnmute = false, roomQuota, server } = options;
    this.#options = options;
    this.#verifier = new AccessTokenVerifier(keys, () => clock.wall());
    this.#sfu = new Sfu({
      clock,
      random,
      server,
      limits: { ...limits, publicationsPerParticipant: PUBLICATIONS_PER_PARTICIPANT },
      ...(roomQuota && { roomQuota }),
      observer: new ServiceEvents(options),
    });
    this.#rpcCalls = new RpcCalls(clock, random);
    const rooms = new RoomService({ sfu: this.#sfu, clock, rpcCalls: this.#rpcCalls, remoteUnmute });
    this.#twirp = new TwirpHandler({
      services: { 'livekit.RoomService': rooms.methods },
      verifier: this.#verifier,
      log,
    });
  }

  /** The answer to `/rtc/validate` and `/rtc/v1/validate`: 200 `success`, or what would keep the same request from joining. */
  async validate(request: SignalRequest): Promise<{ status: number; text: string }> {
    try {
      await this.#admit(request);
      return { status: 200, text: 'success' };
    } catch (error) {
      return this.#refuse(error);
    }
  }

  /** Lets a client join. What it is told first may be sent over the connection before this has answered. */
  async connect(request: SignalRequest, connection: SignalConnection): Promise<SignalAnswer> {
    try {
      const admission = await this.#admit(request);
      const { reconnect } = admission.request;
      return {
        ok: true,
        session: reconnect ? this.#resume(admission, connection) : this.#join(admission, connection),
      };
    } catch (error) {
      const { status, text } = this.#refuse(error);
      this.#counters.joinFailures[status] += 1;
      return { ok: false, status, text };
    }
  }

  /** Answers a call of the server API. */
  callApi(request: TwirpRequest): Promise<TwirpResponse> {
    return this.#twirp.handle(request);
  }

  /** To be called every 50 ms or so. */
  handleTimers(now: number): void {
    this.#sfu.handleTimers(now);
    for (const session of this.#sessions.values()) session.handleTimers(now);
    this.#rpcCalls.handleTimers(now);
  }

  metrics(): LiveKitMetrics {
    const { drops, joinFailures, ...counters } = this.#counters;
    return {
      ...counters,
      drops: { ...drops },
      joinFailures: { ...joinFailures },
      sessions: this.#sessions.size,
      sfu: this.#sfu.metrics(),
    };
  }

  /** Refuses whoever would begin a room; calls that are on go on, with those who come to them or back to them. */
  drain(): void {
    this.#sfu.drain();
  }

  /** Tells everybody that the server goes down. */
  close(): void {
    this.#sfu.close();
  }

  async #admit({ authorization, query, version }: SignalRequest): Promise<Admission> {
    const grants = await this.#verifier.verify(tokenOfRequest(authorization, query));
    const room = grants.video.room ?? '';
    if (grants.video.roomJoin !== true) throw new JoinError(401, "the token's grant roomJoin is missing");
    if (grants.identity === '') throw new JoinError(400, 'the token names no identity');
    if (grants.identity.length > MAX_NAME_LENGTH) throw new JoinError(400, 'the identity is too long');
    if (room === '') throw new JoinError(400, 'the token names no room');
    if (room.length > MAX_NAME_LENGTH) throw new JoinError(400, "the room's name is too long");
    return { version, grants, room, request: readJoinRequest(version, query) };
  }

  #join({ grants, room, request, version }: Admission, connection: SignalConnection): SignalSession {
    const { clock, keys, server } = this.#options;
    const channel = new SignalChannel(connection, this.#counters);
    const observer = new DeferredObserver();
    // Before the room is made: a request that is refused leaves none behind.
    const metadata = initialMetadata(grants, request);
    const participant = this.#sfu.room(room, roomSettings(grants.roomConfig ?? {})).join({
      identity: grants.identity,
      ...metadata,
      permissions: permissionsFromGrants(grants),
      autoSubscribe: request.connectionSettings?.autoSubscribe ?? true,
      // A client that says what it shows of each video does not need the best before.
      defaultQuality: request.connectionSettings?.adaptiveStream === true ? 'low' : 'high',
      dualTransport: version === 'v0',
      observer,
      appData: new ParticipantDetails(
        grants.kind,
        request.clientInfo?.clientProtocol ?? 0,
        request.clientInfo?.capabilities ?? [],
      ),
    });
    const context = {
      participant,
      channel,
      negotiation: new Negotiation(participant, server),
      updates: new ParticipantUpdates(channel, participant),
      told: new LastTold(),
      data: new DataPacketRelay({
        clock,
        counters: this.#counters,
        participant,
        rpcCalls: this.#rpcCalls,
        packetsPerSecond: this.#options.limits.dataPacketsPerSecond ?? DATA_PACKETS_PER_SECOND,
      }),
      refresher: new TokenRefresher(participant, grants, keys.get(grants.apiKey) ?? ''),
      rpcCalls: this.#rpcCalls,
      clock,
      counters: this.#counters,
      version: this.#options.version,
      iceServers: () => iceServers(this.#options.iceServers ?? [], participant.sid, clock.wall()),
      log: this.#logOf(participant),
    };
    const session = new ParticipantSession(context, () => this.#sessions.delete(participant));
    observer.session = session;
    this.#sessions.set(participant, session);
    this.#counters.joins += 1;
    return session.start(request);
  }

  /** Back to a session whose WebSocket was lost; a client without one is told to join anew. */
  #resume({ grants, room, request }: Admission, connection: SignalConnection): SignalSession {
    const participant = this.#sfu.rooms.get(room)?.participants.get(grants.identity);
    const session = participant && this.#sessions.get(participant);
    if (session && ['', participant.sid].includes(request.participantSid))
      return session.resume(request, connection);
    const channel = new SignalChannel(connection, this.#counters);
    channel.send({ case: 'leave', value: leaveRequest('state-mismatch') });
    channel.close(NORMAL_CLOSURE, 'state-mismatch');
    return { receive: () => undefined, closed: () => undefined };
  }

  #logOf({ identity, room, sid }: Participant): Log {
    const { log } = this.#options;
    const fields = { room: room.name, roomSid: room.sid, participant: identity, participantSid: sid };
    return (level, further, message) => log(level, { ...fields, ...further }, message);
  }

  #refuse(error: unknown): { status: JoinFailureStatus; text: string } {
    const status = joinFailureStatus(error);
    if (status === undefined || !(error instanceof Error)) throw error;
    this.#options.log('info', { status }, `A join was refused: ${error.message}.`);
    return { status, text: error.message };
  }
}

/** Undefined for what is no fault of the request. */
function joinFailureStatus(error: unknown): JoinFailureStatus | undefined {
  if (error instanceof JoinError) return error.status;
  if (error instanceof AccessTokenError) return 401;
  if (error instanceof JoinRequestError) return 400;
  return error instanceof LimitError ? 503 : undefined;
}

/** The token's name, metadata and attributes, and on top of them the request's, where the token lets it. */
function initialMetadata(grants: AccessGrants, request: JoinRequest): OwnMetadata {
  const { name, metadata, attributes } = grants;
  if (grants.video.canUpdateOwnMetadata !== true) return { name, metadata, attributes };
  const own = {
    name,
    metadata: request.metadata === '' ? metadata : request.metadata,
    attributes: { ...attributes, ...request.participantAttributes },
  };
  const tooLong = checkSizes(own);
  if (tooLong !== undefined) throw new JoinError(400, tooLong);
  return own;
}
