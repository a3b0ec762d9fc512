import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { AccessTokenVerifier, GuestTokens } from '@parley/access';
import { LocalRoomDirectory } from '@parley/cluster';
import { AddressRateLimiter, errorCode, errorText, OperatorError } from '@parley/core';
import {
  ROSTER,
  rosterSchema,
  webhookSchema,
  type LiveKitFrontData,
  type MediaNodeData,
  type TcpWorkerData,
} from '@parley/node/main-thread';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { ApiKeys } from './auth/api-keys.js';
import type { Config } from './config/schema.js';
import { toLog } from './logger.js';
import { createHttpServer } from './http/http-server.js';
import { listen, listenAddresses } from './http/listen.js';
import { HttpMetrics } from './http/metrics.js';
import { MetricsServer } from './http/metrics-server.js';
import { SignalGateway } from './http/signal-gateway.js';
import { Upgrades } from './http/upgrades.js';
import { checkWebApp } from './http/web-app.js';
import { ADDRESS_INTERVAL, addressBook } from './media/address-book.js';
import type { AddressBook } from './media/address-book.js';
import { MediaPool } from './media/media-pool.js';
import type { ThreadStart } from './media/media-pool.js';
import type { MediaWorker } from './media/media-thread.js';
import { LiveKitLinks } from './media/livekit-links.js';
import type { MediaWorkerData } from './media/media-worker-data.js';
import { TcpThread } from './media/tcp-thread.js';
import type { TcpWorker } from './media/tcp-thread.js';
import { MEDIA_WORKER, TCP_WORKER, WEB_ROOT } from './paths.js';
import { VERSION } from './version.js';
import { postWebhook } from './webhooks/post-webhook.js';
import { WebhookDispatcher } from './webhooks/webhook-dispatcher.js';
import { webhookKey } from './webhooks/webhook-key.js';
import { Workspace } from './workspace/workspace.js';

export interface ParleyServerOptions {
  config: Config;
  keys: ApiKeys;
  log: Logger;
  /** Folder of the built web app; default the one of this checkout. */
  webRoot?: string;
  /** Starts a media thread; default a worker thread. */
  spawnMedia?: (data: MediaWorkerData) => MediaWorker;
  /** Starts the thread of media over TCP; default a worker thread. */
  spawnTcp?: (data: TcpWorkerData) => TcpWorker;
}

/** Joins at once, in seconds of the permitted rate. */
const JOIN_BURST_SECONDS = 2;
const HEARTBEAT_INTERVAL = 10_000;
/** Milliseconds that the workspace has to end what it does in calls, and its connections. */
const QUIET_TIMEOUT = 600;
/** Milliseconds that the media threads have to tell every client that the server stops. */
const GOODBYE_TIMEOUT = 2_500;
/** Milliseconds that clients then have to close their connections. */
const DRAIN_TIMEOUT = 1_500;

/** All roles in one process: HTTP, the web app and signalling here, media on threads of its own. */
export class ParleyServer {
  readonly #options: ParleyServerOptions;
  readonly #addresses: AddressBook;
  readonly #media: MediaPool;
  readonly #liveKit: LiveKitLinks;
  /** Where media is taken over TCP too. */
  readonly #tcp: TcpThread | undefined;
  readonly #gateway: SignalGateway;
  readonly #joins: AddressRateLimiter;
  readonly #webhooks: WebhookDispatcher;
  readonly #metrics = new HttpMetrics();
  #workspace: Workspace | undefined;
  #upgrades: Upgrades | undefined;
  #app: FastifyInstance | undefined;
  #metricsServer: MetricsServer | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #addressTimer: NodeJS.Timeout | undefined;
  /** While the server starts: settles when that is over, one way or the other. */
  #starting: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: ParleyServerOptions) {
    const { config, keys, log } = options;
    const node: Omit<MediaNodeData, 'addresses' | keyof ThreadStart> = {
      bind: config.media.bind,
      tcp: config.media.tcp === 'on',
      limits: {
        rooms: config.limits.rooms,
        participantsPerRoom: config.limits.participants_per_room,
        mediaPacketsPerSecond: config.limits.media_packets_per_second,
      },
    };
    const livekit: LiveKitFrontData = {
      keys: keys.secrets,
      iceServers: config.ice_servers,
      dataPacketsPerSecond: config.limits.data_packets_per_second,
      version: VERSION,
      autoCreate: config.room.auto_create === 'on',
      remoteUnmute: config.room.remote_unmute === 'on',
      webhooks: config.webhooks.urls.length > 0,
    };
    const spawn = options.spawnMedia ?? ((workerData) => new Worker(MEDIA_WORKER, { workerData }));
    this.#options = options;
    this.#addresses = addressBook(config);
    this.#webhooks = new WebhookDispatcher({
      urls: config.webhooks.urls,
      key: webhookKey(config, keys),
      post: postWebhook,
      metrics: this.#metrics,
      log,
      now,
      wall: Date.now,
    });
    this.#media = new MediaPool({
      threads: config.media.threads,
      port: config.media.port,
      spawn: (start) => spawn({ node: { ...node, ...start, addresses: this.#addresses.addresses }, livekit }),
      log,
      directory: new LocalRoomDirectory({ now }),
      onEvent: (front, payload, thread) => {
        if (front === ROSTER) this.#workspace?.voice.hear(thread, rosterSchema.parse(payload));
        else this.#webhooks.dispatch(webhookSchema.parse(payload));
      },
      onThreadEnded: (thread) => this.#workspace?.voice.threadEnded(thread),
    });
    this.#liveKit = new LiveKitLinks({ media: this.#media, wall: Date.now });
    const spawnTcp = options.spawnTcp ?? ((workerData) => new Worker(TCP_WORKER, { workerData }));
    if (config.media.tcp === 'on') {
      const tcp = new TcpThread({ spawn: (port) => spawnTcp(tcpWorkerData(port, config)), log: toLog(log) });
      this.#tcp = tcp;
      this.#metrics.addThread(() => tcp.metrics());
    }
    const rate = config.limits.joins_per_second;
    this.#joins = new AddressRateLimiter(rate, rate * JOIN_BURST_SECONDS);
    this.#gateway = new SignalGateway({
      config,
      media: this.#liveKit,
      metrics: this.#metrics,
      admission: () => this.#workspace?.door,
      now,
    });
  }

  /**
   * Starts everything; answers the HTTP address, or undefined when it was closed meanwhile. Rejects with an OperatorError when
   * that is impossible.
   */
  start(): Promise<string | undefined> {
    const address = this.#start();
    const over = (): void => {
      this.#starting = undefined;
    };
    this.#starting = address.then(over, over);
    return address;
  }

  async #start(): Promise<string | undefined> {
    const { config, keys, log, webRoot = WEB_ROOT } = this.#options;
    checkWebApp(webRoot);
    await this.#findAddresses();
    await this.#openWorkspace();
    if (this.#isClosing()) return undefined;
    const { port } = await this.#media.start();
    await this.#tcp?.start(port);
    log.debug({ port }, 'Media is up');
    if (this.#isClosing()) return undefined;
    const app = await createHttpServer({
      config,
      media: this.#liveKit,
      guestTokens: new GuestTokens({ key: keys.own, wall: Date.now, random: randomBytes }),
      apiTokens: new AccessTokenVerifier(keys.secrets, Date.now),
      metrics: this.#metrics,
      log,
      webRoot,
      joins: this.#joins,
      now,
      workspace: this.#workspace,
      stopping: () => this.#isClosing(),
    });
    this.#app = app;
    const events = this.#workspace?.events;
    this.#upgrades = new Upgrades([this.#gateway, ...(events === undefined ? [] : [events])], {
      ...{ config, joins: this.#joins, now },
      onRefused: (status) => {
        this.#metrics.signalRejections.inc({ status: String(status) });
      },
    });
    this.#upgrades.attach(app.server);
    try {
      await listen(app, await listenAddresses(config.http.host), config.http.port);
    } catch (error) {
      throw listenFailure(error, 'http', config.http);
    }
    await this.#serveMetrics();
    if (this.#isClosing()) return undefined;
    this.#heartbeat = setInterval(() => {
      this.#gateway.heartbeat();
      events?.heartbeat();
    }, HEARTBEAT_INTERVAL);
    this.#addressTimer = setInterval(() => void this.#advertiseAgain(), ADDRESS_INTERVAL);
    return httpAddress(app.server, config.http.host);
  }

  async #serveMetrics(): Promise<void> {
    const { host = 'localhost', port } = this.#options.config.metrics;
    if (port === undefined) return;
    this.#metricsServer = new MetricsServer({ media: this.#liveKit, metrics: this.#metrics });
    try {
      const bound = await this.#metricsServer.listen(host, port);
      this.#options.log.info({ host, port: bound }, 'Metrics are served');
    } catch (error) {
      throw listenFailure(error, 'metrics', { host, port });
    }
  }

  async #openWorkspace(): Promise<void> {
    const { config, keys, log } = this.#options;
    if (config.workspace === 'off') return;
    const workspace = await Workspace.open({ config, key: keys.own, media: this.#liveKit, log });
    this.#workspace = workspace;
    this.#metrics.addThread(() => Promise.resolve(workspace.metrics()));
  }

  async #findAddresses(): Promise<void> {
    try {
      await this.#addresses.refresh();
    } catch (error) {
      throw new OperatorError('media_failed', `Media could not be started: ${errorText(error)}`);
    }
    this.#logAddresses('Addresses are advertised');
  }

  async #advertiseAgain(): Promise<void> {
    try {
      if (!(await this.#addresses.refresh())) return;
      this.#media.advertise(this.#addresses.addresses);
      this.#logAddresses('Other addresses are advertised');
    } catch (error) {
      this.#options.log.warn(`The advertised addresses stay as they are: ${errorText(error)}`);
    }
  }

  #logAddresses(message: string): void {
    const { addresses, problem } = this.#addresses;
    if (problem === undefined) this.#options.log.info({ addresses }, message);
    else this.#options.log.warn({ addresses }, `${message}: ${problem}`);
  }

  /** With which the workspace is set up from another machine; undefined once it has an owner, and where there is none. */
  get setUpCode(): string | undefined {
    return this.#workspace?.setUpCode;
  }

  /**
   * Begins no further calls, lets those that are on go on for `shutdown.grace_seconds` or until nobody is left, has
   * clients told to reconnect, ends what is left. Idempotent.
   */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  #isClosing(): boolean {
    return this.#closed !== undefined;
  }

  async #close(): Promise<void> {
    // A step of the start that is under way has to be over before what it makes can be ended.
    if (this.#starting !== undefined) await this.#starting;
    const { grace_seconds } = this.#options.config.shutdown;
    if (grace_seconds > 0 && this.#gateway.size > 0) {
      this.#media.drain();
      await this.#gateway.untilEmpty(grace_seconds * 1_000);
    }
    this.#upgrades?.stop();
    clearInterval(this.#heartbeat);
    clearInterval(this.#addressTimer);
    if (this.#workspace !== undefined) {
      // Where the database hangs, clients of calls are told all the same.
      await Promise.race([this.#workspace.drain(), sleep(QUIET_TIMEOUT, undefined, { ref: false })]);
    }
    await this.#media.close(GOODBYE_TIMEOUT);
    await this.#tcp?.close();
    await Promise.all([this.#gateway.drain(DRAIN_TIMEOUT), this.#webhooks.close(DRAIN_TIMEOUT)]);
    this.#metricsServer?.close();
    await this.#app?.close();
    await this.#workspace?.close();
  }
}

function tcpWorkerData(port: number, { media, limits }: Config): TcpWorkerData {
  return {
    port,
    bind: media.bind,
    maxConnections: limits.tcp_connections,
    maxConnectionsPerAddress: limits.tcp_connections_per_address,
  };
}

function now(): number {
  return performance.now();
}

function listenFailure(
  error: unknown,
  section: 'http' | 'metrics',
  { host, port }: { host: string; port: number },
): OperatorError {
  const what = section === 'http' ? 'HTTP' : 'Metrics';
  const where = `port ${port} on ${host}`;
  const variable = (key: string) =>
    `${section}.${key} (PARLEY_${section.toUpperCase()}_${key.toUpperCase()})`;
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new OperatorError(
        'http_failed',
        `${what} ${where} is in use: stop the other program or set ${variable('port')} to another`,
      );
    case 'EACCES':
      return new OperatorError(
        'http_failed',
        `${what} ${where} may not be used by this user: set ${variable('port')} to 1024 or higher`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new OperatorError(
        'http_failed',
        `${host} is no address of this machine: change ${variable('host')}`,
      );
    default:
      return new OperatorError('http_failed', `${what} could not be started: ${errorText(error)}`);
  }
}

/** The address to open in a browser on this machine. */
function httpAddress(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const everywhere = host === '0.0.0.0' || host === '::';
  return `http://${everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
}
