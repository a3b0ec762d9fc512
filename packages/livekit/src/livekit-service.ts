import type { JoinRequest, RoomConfiguration } from '@livekit/protocol';
import { isPlainText, plainText } from '@parley/contract';
import { AccessTokenError, AccessTokenVerifier, tokenOfRequest, type AccessGrants } from '@parley/access';
import { createCounters, DeadlineQueue, expectTimed, handleDue, type Clock, type Timed } from '@parley/core';
import { LimitError, type Participant, type Sfu } from '@parley/sfu';
import { RoomService } from './api/room-service.js';
import { RpcCalls } from './api/rpc-calls.js';
import { TwirpHandler, type TwirpRequest, type TwirpResponse } from './api/twirp-handler.js';
import { participantKind, permissionsFromGrants, roomConfigOf } from './grants.js';
import { Broadcasts } from './broadcasts.js';
import { DataPacketRelay } from './data-packet-relay.js';
import { iceServers, type IceServerOptions } from './ice-servers.js';
import { JoinRequestError, readJoinRequest, type SignalVersion } from './join-request.js';
import { leaveRequest } from './leave.js';
import { liveKitCounterMetrics, type JoinFailureStatus, type LiveKitMetrics } from './livekit-metrics.js';
import type { NegotiationServer } from './local-description.js';
import { Negotiation } from './negotiation.js';
import { checkRoomSize, checkSizes, type OwnMetadata } from './own-metadata.js';
import { ParticipantDetails } from './participant-info.js';
import { ParticipantUpdates } from './participant-updates.js';
import { LastNotifications } from './last-notifications.js';
import { roomSettings } from './room-settings.js';
import type { Log, SessionContext } from './session-context.js';
import type { TransportFactory } from './session-transports.js';
import { SignalChannel, type SignalConnection } from './signal-channel.js';
import { ParticipantSession, type SignalSession } from './participant-session.js';
import { TokenRefresher } from './token-refresher.js';
import { WebhookEvents, type Webhook } from './webhooks/webhook-events.js';

export interface LiveKitOptions {
  /** API key → secret. */
  keys: ReadonlyMap<string, string>;
  /** The rooms, which others may be in too. Whoever made it runs, drains and closes it. */
  sfu: Sfu;
  server: NegotiationServer & TransportFactory;
  clock: Clock;
  /** Cryptographically strong random bytes. */
  random: (bytes: number) => Uint8Array;
  log: Log;
  /** UDP packets with data of one participant that may go to others in a second. Default 20,000. */
  dataPacketsPerSecond?: number;
  /** Parley's own. */
  version: string;
  /** Told to clients that join or resume. Default none. */
  iceServers?: readonly IceServerOptions[];
  /** Whether whoever joins a room that is not there makes it. Default yes. */
  autoCreate?: boolean;
  /** Whether the server API may unmute participants. Default no. */
  remoteUnmute?: boolean;
  /** Takes what the server's operator wants to hear of. Default nobody does. */
  onWebhook?: (webhook: Webhook) => void;
}

/** What came with the WebSocket's HTTP request, or with the request to validate it. */
export interface JoinHttpRequest {
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
  grants: AccessGrants;
  room: string;
  roomConfig: RoomConfiguration | undefined;
  request: JoinRequest;
  /** Whether the client has a connection for each direction. */
  isDual: boolean;
  userAgent: string;
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
/** What is wrong with a name that is a key, and shown to people. */
const NOT_PLAIN = 'has characters that do not show, or too many marks on one';
const DATA_PACKETS_PER_SECOND = 20_000;
const NORMAL_CLOSURE = 1000;

/** LiveKit's signalling protocol (`/rtc`, `/rtc/v1`) and server API in front of an sfu: checks who may join, runs the sessions. */
export class LiveKitService {
  readonly #options: LiveKitOptions;
  readonly #verifier: AccessTokenVerifier;
  readonly #sfu: Sfu;
  readonly #rpcCalls: RpcCalls;
  readonly #twirp: TwirpHandler;
  readonly #counters = createCounters(liveKitCounterMetrics);
  readonly #sessions = new Map<Participant, ParticipantSession>();
  /** Sessions that have something to tell, or will. */
  readonly #deadlines = new DeadlineQueue<Timed>();
  readonly #broadcasts = new Broadcasts();
  /** Settles when every request that came so far may be dealt with. */
  #admitted: Promise<void> = Promise.resolve();

  constructor(options: LiveKitOptions) {
    const { clock, keys, log, onWebhook, random, remoteUnmute = false, sfu } = options;
    this.#options = options;
    this.#verifier = new AccessTokenVerifier(keys, () => clock.wall());
    this.#sfu = sfu;
    if (onWebhook) sfu.observe(new WebhookEvents(clock, onWebhook));
    this.#rpcCalls = new RpcCalls(clock, random);
    const rooms = new RoomService({ sfu, clock, rpcCalls: this.#rpcCalls, remoteUnmute });
    this.#twirp = new TwirpHandler({
      services: { 'livekit.RoomService': rooms.methods },
      verifier: this.#verifier,
      log,
    });
  }

  /** The answer to `/rtc/validate` and `/rtc/v1/validate`: 200 `success`, or what would keep the same request from joining. */
  async validate(request: JoinHttpRequest): Promise<{ status: number; text: string }> {
    try {
      await this.#admit(request);
      return { status: 200, text: 'success' };
    } catch (error) {
      return this.#refuse(error, request.address);
    }
  }

  /**
   * Lets a client join. What it is told first may be sent over the connection before this has answered.
   *
   * Requests take effect in the order in which they came, though tokens are verified side by side: of two of one client, as
   * after it was cut off for long, the first has been given up, and must not take the place of the second.
   */
  async connect(request: JoinHttpRequest, connection: SignalConnection): Promise<SignalAnswer> {
    const verified = this.#admit(request);
    // Without its value, which would hold on to that of every request before it.
    const turn = Promise.allSettled([this.#admitted, verified]).then(() => undefined);
    this.#admitted = turn;
    await turn;
    try {
      const admission = await verified;
      const { reconnect } = admission.request;
      return {
        ok: true,
        session: reconnect ? this.#resume(admission, connection) : this.#join(admission, connection),
      };
    } catch (error) {
      const { status, text } = this.#refuse(error, request.address);
      this.#counters.joinFailures[status] += 1;
      return { ok: false, status, text };
    }
  }

  /** Answers a call of the server API. */
  callApi(request: TwirpRequest): Promise<TwirpResponse> {
    return this.#twirp.handle(request);
  }

  /** When `handleTimeout` has something to do; Infinity if nothing is due. What happens meanwhile may bring it forward. */
  get deadline(): number {
    return Math.min(this.#deadlines.next, this.#rpcCalls.deadline);
  }

  /**
   * Tells clients what has changed since the last call, and looks after time limits. Changes are due at once: what is collected
   * into one message is what came between two calls, so call it every 50 ms or so, while something is due.
   */
  handleTimeout(now: number): void {
    this.#broadcasts.during(() => handleDue(this.#deadlines, now));
    this.#rpcCalls.handleTimeout(now);
  }

  metrics(): LiveKitMetrics {
    return { ...structuredClone(this.#counters), sessions: this.#sessions.size };
  }

  async #admit({ authorization, query, userAgent, version }: JoinHttpRequest): Promise<Admission> {
    const grants = await this.#verifier.verify(tokenOfRequest(authorization, query));
    const room = grants.video.room ?? '';
    if (grants.video.roomJoin !== true) throw new JoinError(401, "the token's grant roomJoin is missing");
    if (grants.identity === '') throw new JoinError(400, 'the token names no identity');
    if (grants.identity.length > MAX_NAME_LENGTH) throw new JoinError(400, 'the identity is too long');
    if (!isPlainText(grants.identity)) throw new JoinError(400, `the identity ${NOT_PLAIN}`);
    if (room === '') throw new JoinError(400, 'the token names no room');
    if (room.length > MAX_NAME_LENGTH) throw new JoinError(400, "the room's name is too long");
    if (!isPlainText(room)) throw new JoinError(400, `the room's name ${NOT_PLAIN}`);
    const { isDual, request } = readJoinRequest(version, query);
    // As LiveKit does where rooms are not made by joining: a token that may make rooms still makes this one.
    const { autoCreate = true } = this.#options;
    if (!autoCreate && grants.video.roomCreate !== true && !this.#sfu.rooms.has(room))
      throw new JoinError(404, 'requested room does not exist');
    return { grants, room, roomConfig: roomConfigOf(grants), request, isDual, userAgent };
  }

  #join(
    { grants, room, roomConfig, request, isDual, userAgent }: Admission,
    connection: SignalConnection,
  ): SignalSession {
    // Before the room is made: a request that is refused leaves none behind.
    const metadata = initialMetadata(grants, request);
    const tooMuch = checkRoomSize(this.#sfu.rooms.get(room), grants.identity, metadata);
    if (tooMuch !== undefined) throw new JoinError(503, tooMuch);
    const { clientInfo, connectionSettings } = request;
    const channel = new SignalChannel(connection, this.#counters);
    const joined = this.#sfu.room(room, roomSettings(roomConfig ?? {}));
    const session = new ParticipantSession({
      room: joined,
      participant: {
        identity: grants.identity,
        kind: participantKind(grants),
        ...metadata,
        permissions: permissionsFromGrants(grants),
        autoSubscribe: connectionSettings?.autoSubscribe ?? true,
        // A client that says what it shows of each video does not need the best before.
        defaultQuality: connectionSettings?.adaptiveStream === true ? 'low' : 'high',
        appData: new ParticipantDetails(grants, clientInfo ?? {}, userAgent),
      },
      server: this.#options.server,
      isDual,
      createContext: (participant, transports) =>
        this.#context({ room: joined, participant, transports, channel }, grants),
      expect: (due) => expectTimed(this.#deadlines, due),
      onEnded: ({ participant }) => this.#sessions.delete(participant),
    });
    this.#sessions.set(session.participant, session);
    this.#counters.joins += 1;
    return session.start(request);
  }

  #context(
    joined: Pick<SessionContext, 'channel' | 'participant' | 'room' | 'transports'>,
    grants: AccessGrants,
  ): SessionContext {
    const { channel, participant, room, transports } = joined;
    const { clock, keys, server, version } = this.#options;
    return {
      ...joined,
      negotiation: new Negotiation(participant, transports, server),
      updates: new ParticipantUpdates(channel, participant, room, this.#broadcasts),
      notifications: new LastNotifications(),
      data: new DataPacketRelay({
        clock,
        counters: this.#counters,
        participant,
        rpcCalls: this.#rpcCalls,
        packetsPerSecond: this.#options.dataPacketsPerSecond ?? DATA_PACKETS_PER_SECOND,
      }),
      refresher: new TokenRefresher(participant, grants, keys.get(grants.apiKey) ?? ''),
      rpcCalls: this.#rpcCalls,
      clock,
      counters: this.#counters,
      version,
      iceServers: () => iceServers(this.#options.iceServers ?? [], participant.sid, clock.wall()),
      log: this.#logOf(participant),
    };
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

  #refuse(error: unknown, address: string): { status: JoinFailureStatus; text: string } {
    const status = joinFailureStatus(error);
    if (status === undefined || !(error instanceof Error)) throw error;
    this.#options.log('info', { status, address }, `A join was refused: ${error.message}.`);
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
  const { metadata, attributes } = grants;
  const name = plainText(grants.name);
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
