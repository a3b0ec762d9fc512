import { randomUUID } from 'node:crypto';
import { activityFrame, SESSION_ENDED, TOO_SLOW } from '@parley/contract';
import { counter, countersBy, gauge, threadMetrics, TokenBucket } from '@parley/core';
import type { ThreadMetric } from '@parley/core';
import type { EventHub, EventListener, PresenceService, SessionService } from '@parley/workspace';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { sessionTokenIn } from './v1/session-cookie.js';
import { COMPRESSION, refuseUpgrade } from './upgrades.js';
import type { Upgrade, WebSocketGateway } from './upgrades.js';

export interface EventGatewayOptions {
  hub: EventHub;
  sessions: SessionService;
  /** Learns who is there. */
  presence: Pick<PresenceService, 'connected' | 'disconnected'>;
  /** Told of what nobody expected. */
  onFailed: (thrown: unknown) => void;
}

/** Why the server ends a connection. */
const END_REASONS = ['slow', 'session', 'unresponsive', 'talking'] as const;
type EndReason = (typeof END_REASONS)[number];

export const eventMetrics = {
  connections: gauge('parley_event_connections', 'WebSockets over which people are told what happens'),
  sent: counter('parley_events_sent_total', 'Events sent to clients, each once for every client'),
  ended: countersBy(
    'parley_event_connections_ended_total',
    'Connections for events that the server ended, by reason',
    'reason',
    END_REASONS,
  ),
};

/** Bytes that may wait for a client; one that is further behind comes back and catches up. */
const BACKLOG = 1_048_576;
/** Bytes of what a client sends: whether somebody is at it. */
const MOST_RECEIVED = 1_024;
/** So often in a second, and so often at once, a client may say so. */
const ACTIVITY = { rate: 0.5, burst: 10 };
/** Of one person. */
const MOST_CONNECTIONS = 20;
// RFC 6455 section 7.4.1, and IANA's registry of close codes.
const POLICY_VIOLATION = 1008;
const SERVICE_RESTART = 1012;
const TRY_AGAIN_LATER = 1013;
const STOPPING = 'the server is shutting down';
/** Milliseconds that clients have to take leave when the server stops. */
const GOODBYE_TIMEOUT = 500;

/** `/api/v1/events`: who is signed in is told what happens. */
export class EventGateway implements WebSocketGateway {
  readonly paths = ['/api/v1/events'];
  readonly #options: EventGatewayOptions;
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MOST_RECEIVED,
    perMessageDeflate: COMPRESSION,
  });
  /** With whether they have answered since the last heartbeat. */
  readonly #sockets = new Map<WebSocket, { alive: boolean; userId: string }>();
  #closing = false;
  readonly #counters = { sent: 0, ended: { slow: 0, session: 0, unresponsive: 0, talking: 0 } };

  constructor(options: EventGatewayOptions) {
    this.#options = options;
    this.#server.on('wsClientError', (error, socket) => {
      refuseUpgrade(socket, 400, error.message);
    });
  }

  upgrade(upgrade: Upgrade): void {
    this.#upgrade(upgrade).catch((error: unknown) => {
      this.#options.onFailed(error);
      refuseUpgrade(upgrade.socket, 503, 'try again in a moment');
    });
  }

  metrics(): ThreadMetric[] {
    return threadMetrics(eventMetrics, { connections: this.#sockets.size, ...this.#counters });
  }

  /** Pings every client and drops those that did not answer the ping before. Call every 10 s. */
  heartbeat(): void {
    for (const [socket, state] of this.#sockets) {
      if (state.alive) {
        state.alive = false;
        socket.ping();
      } else {
        this.#counters.ended.unresponsive += 1;
        socket.terminate();
      }
    }
  }

  /**
   * Clients are told to come back, to another server or to this one when it has started again; who does not take leave in time
   * is cut off. Nobody comes in any more.
   */
  async close(): Promise<void> {
    this.#closing = true;
    const sockets = [...this.#sockets.keys()];
    const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of sockets) socket.close(SERVICE_RESTART, STOPPING);
    const cutOff = setTimeout(() => {
      for (const socket of sockets) socket.terminate();
    }, GOODBYE_TIMEOUT);
    await Promise.all(closed);
    clearTimeout(cutOff);
  }

  async #upgrade({ request, socket, head, query, address, host, secure }: Upgrade): Promise<void> {
    const { headers } = request;
    // A page of another site would come with the cookie of whoever looks at it: browsers say whose page it is.
    if (!isOwnOrigin(headers.origin, host)) {
      refuseUpgrade(socket, 403, 'this request comes from another site');
      return;
    }
    const token = sessionTokenIn(headers.cookie, secure);
    const device = { address, userAgent: headers['user-agent'] ?? '' };
    const found =
      token === undefined ? undefined : await this.#options.sessions.authenticate(token, device, false);
    if (found === undefined) {
      refuseUpgrade(socket, 401, 'you are not signed in');
      return;
    }
    if (this.#closing) {
      refuseUpgrade(socket, 503, STOPPING);
      return;
    }
    const { userId, sessionId } = found.account;
    if ([...this.#sockets.values()].filter((other) => other.userId === userId).length >= MOST_CONNECTIONS) {
      refuseUpgrade(socket, 429, `you are connected ${MOST_CONNECTIONS} times already`);
      return;
    }
    const after = new URLSearchParams(query).get('after') ?? undefined;
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      this.#open(webSocket, { userId, sessionId }, after);
    });
  }

  #open(
    socket: WebSocket,
    who: Pick<EventListener, 'userId' | 'sessionId'>,
    after: string | undefined,
  ): void {
    const { hub, onFailed } = this.#options;
    const { presence } = this.#options;
    const { userId } = who;
    const id = randomUUID();
    const activity = new TokenBucket(ACTIVITY.rate, ACTIVITY.burst, Date.now());
    const state = { alive: true, userId };
    this.#sockets.set(socket, state);
    const end = (reason: EndReason, code: number, text: string): void => {
      if (socket.readyState !== socket.OPEN) return;
      this.#counters.ended[reason] += 1;
      socket.close(code, text);
    };
    const listener: EventListener = {
      ...who,
      send: (text) => {
        if (socket.readyState !== socket.OPEN) return;
        if (socket.bufferedAmount > BACKLOG) {
          end('slow', TOO_SLOW, 'come back for the rest');
          return;
        }
        this.#counters.sent += 1;
        socket.send(text);
      },
      end: () => {
        end('session', SESSION_ENDED, 'the session has ended');
      },
    };
    socket.on('pong', () => {
      state.alive = true;
    });
    socket.on('message', (data: Buffer) => {
      const active = activityIn(data);
      if (active === undefined || !activity.take(1, Date.now())) {
        end('talking', POLICY_VIOLATION, 'only activity is to be sent here, and seldom');
      } else if (socket.readyState === socket.OPEN) {
        presence.connected(userId, id, active).catch(onFailed);
      }
    });
    // What went wrong is followed by `close`.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      hub.disconnect(listener).catch(onFailed);
      presence.disconnected(userId, id).catch(onFailed);
    });
    presence.connected(userId, id, true).catch(onFailed);
    this.#connect(listener, after).catch((error: unknown) => {
      onFailed(error);
      socket.close(TRY_AGAIN_LATER, 'try again in a moment');
    });
  }

  /** A session that ended after it was looked at, and before the hub knew of its connection, ends that all the same. */
  async #connect(listener: EventListener, after: string | undefined): Promise<void> {
    const { hub, sessions } = this.#options;
    await hub.connect(listener, after);
    if (!(await sessions.stillOpen([listener.sessionId])).has(listener.sessionId)) listener.end();
  }
}

/** Whether somebody is at the client; undefined for what says something else. */
function activityIn(data: Buffer): boolean | undefined {
  try {
    return activityFrame.parse(JSON.parse(data.toString())).active;
  } catch {
    return undefined;
  }
}

/** Programs say nothing of where they come from, and have no cookie that they did not mean to send. */
function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
