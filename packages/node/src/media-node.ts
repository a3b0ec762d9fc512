import { LogLimiter, logMetrics, threadMetrics, type Clock, type Log, type ThreadMetric } from '@parley/core';
import { Sfu, sfuMetrics, type RoomQuota } from '@parley/sfu';
import {
  PlainRtpServer,
  TransportServer,
  transportServerMetrics,
  WebRtcServer,
  type TransportServerOptions,
  type WebRtcServerOptions,
} from '@parley/transport';
import { FrontLinks, type Post } from './front-links.js';
import type { Front, FrontFactory } from './front.js';
import type { MediaAnswer, MediaNodeData, MediaQuestion, ToMedia } from './messages.js';

export interface MediaNodeOptions {
  fronts: readonly FrontFactory[];
  server: Pick<TransportServerOptions, 'port' | 'addresses' | 'ufragPrefix'> & WebRtcServerOptions;
  limits: MediaNodeData['limits'];
  /** Keeps the limit of rooms for this node and others together. Default: it is for this one alone. */
  roomQuota?: RoomQuota;
  clock: Clock;
  /** Cryptographically strong random bytes. */
  random: (bytes: number) => Uint8Array;
  log: Log;
  /** To the main thread. */
  post: Post;
}

/** How often deadlines of the rooms and of fronts are looked after, in milliseconds: what is due meanwhile is done together. */
export const NODE_INTERVAL = 60;
const PUBLICATIONS_PER_PARTICIPANT = 50;
/** Transports at once, unless one room alone may need more. */
const TRANSPORTS = 8_192;
/** Older clients have one for each direction. */
const TRANSPORTS_PER_PARTICIPANT = 2;

/** Of the node itself; its fronts have metrics of their own. */
const nodeMetrics = { sfu: sfuMetrics, transports: transportServerMetrics, log: logMetrics };

/** One media node: the rooms, the transports, and the fronts through which clients come to them. */
export class MediaNode {
  readonly #sfu: Sfu;
  readonly #transports: TransportServer;
  readonly #webRtc: WebRtcServer;
  readonly #fronts: ReadonlyMap<string, Front>;
  readonly #links: FrontLinks;
  readonly #lines: LogLimiter;

  constructor(options: MediaNodeOptions) {
    const { clock, limits, post, random, roomQuota, server } = options;
    this.#lines = new LogLimiter(options.log, () => clock.now());
    const { log } = this.#lines;
    this.#transports = new TransportServer({
      ...server,
      packetsPerSecond: limits.mediaPacketsPerSecond,
      maxTransports: Math.max(TRANSPORTS, TRANSPORTS_PER_PARTICIPANT * limits.participantsPerRoom),
      now: () => clock.now(),
      random,
      onError: (error) => log('error', { err: error }, 'A transport failed'),
    });
    this.#webRtc = new WebRtcServer(this.#transports, server);
    const plainRtp = new PlainRtpServer(this.#transports);
    this.#sfu = new Sfu({
      clock,
      random,
      limits: {
        rooms: limits.rooms,
        participantsPerRoom: limits.participantsPerRoom,
        publicationsPerParticipant: PUBLICATIONS_PER_PARTICIPANT,
      },
      ...(roomQuota && { roomQuota }),
    });
    const fronts = new Map<string, Front>();
    for (const create of options.fronts) {
      const front: Front = create({
        sfu: this.#sfu,
        webRtc: this.#webRtc,
        plainRtp,
        clock,
        random,
        log,
        emit: (payload) => post({ type: 'event', front: front.name, payload }),
      });
      fronts.set(front.name, front);
    }
    this.#fronts = fronts;
    this.#links = new FrontLinks(fronts, post, log);
    // After the fronts: once a room is known to have ended, another one of its name may begin elsewhere.
    this.#sfu.observe({
      onRoomStarted: ({ name }) => post({ type: 'room-started', room: name }),
      onRoomFinished: ({ name }) => post({ type: 'room-finished', room: name }),
    });
  }

  /** UDP port bound. */
  get port(): number {
    return this.#webRtc.port;
  }

  receive(message: ToMedia): void {
    switch (message.type) {
      case 'open':
        void this.#links.open(message.id, message.front, message.payload);
        break;
      case 'frame':
        this.#links.receive(message.id, message.data);
        break;
      case 'close':
        this.#links.closed(message.id);
        break;
      case 'advertise':
        this.#webRtc.advertise(message.addresses);
        break;
      case 'end-room':
        this.#sfu.rooms.get(message.room)?.close('room-closed');
        break;
    }
  }

  async answer(question: MediaQuestion): Promise<MediaAnswer> {
    if (question.type === 'metrics') return { type: 'metrics', metrics: this.metrics() };
    const front = this.#fronts.get(question.front);
    if (front === undefined) throw new Error(`There is no front "${question.front}" on this node`);
    return { type: 'front', payload: await front.ask(question.payload) };
  }

  /** Call every `NODE_INTERVAL` milliseconds: where nothing is due it costs next to nothing. */
  handleTimeout(now: number): void {
    if (now >= this.#sfu.deadline) this.#sfu.handleTimeout(now);
    if (now >= this.#lines.deadline) this.#lines.handleTimeout(now);
    for (const front of this.#fronts.values()) if (now >= front.deadline) front.handleTimeout(now);
  }

  metrics(): ThreadMetric[] {
    const fronts = [...this.#fronts.values()];
    const values = { sfu: this.#sfu.metrics(), transports: this.#transports.counters(), log: this.#lines };
    return [...threadMetrics(nodeMetrics, values), ...fronts.flatMap((front) => front.metrics())];
  }

  /** No room begins any more; those that are there go on. */
  drain(): void {
    this.#sfu.drain();
    for (const front of this.#fronts.values()) front.drain();
  }

  /** Tells everybody that the server goes down, and ends all of it. */
  close(): void {
    this.#sfu.close();
    for (const front of this.#fronts.values()) front.close();
    this.#transports.close();
  }
}
