import type { Server } from 'node:http';
import { Worker } from 'node:worker_threads';
import { AccessTokenVerifier } from '@parley/livekit/access-token';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { AddressRateLimiter } from './address-rate-limiter.js';
import type { ApiKeys } from './auth/api-keys.js';
import { GuestTokens } from './auth/guest-tokens.js';
import type { Config } from './config/schema.js';
import { errorCode, errorText, OperatorError } from './errors.js';
import { createHttpServer } from './http/http-server.js';
import { HttpMetrics } from './http/metrics.js';
import { SignalGateway } from './http/signal-gateway.js';
import { checkWebApp } from './http/web-app.js';
import { ADDRESS_INTERVAL, addressBook } from './media/address-book.js';
import type { AddressBook } from './media/address-book.js';
import { MediaPool } from './media/media-pool.js';
import type { ThreadStart } from './media/media-pool.js';
import type { MediaWorker } from './media/media-thread.js';
import type { MediaWorkerData } from './media/messages.js';
import type { TcpWorkerData } from './media/tcp/messages.js';
import { TcpThread } from './media/tcp/tcp-thread.js';
import type { TcpWorker } from './media/tcp/tcp-thread.js';
import { MEDIA_WORKER, TCP_WORKER, WEB_ROOT } from './paths.js';
import { VERSION } from './version.js';
import { postWebhook } from './webhooks/post-webhook.js';
import { WebhookDispatcher } from './webhooks/webhook-dispatcher.js';
import { webhookKey } from './webhooks/webhook-key.js';

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
/** Milliseconds that the media threads have to tell every client that the server stops. */
const GOODBYE_TIMEOUT = 2_500;
/** Milliseconds that clients then have to close their connections. */
const DRAIN_TIMEOUT = 1_500;

/** All roles in one process: HTTP, the web app and signalling here, media on threads of its own. */
export class ParleyServer {
  readonly #options: ParleyServerOptions;
  readonly #addresses: AddressBook;
  readonly #media: MediaPool;
  /** Where media is taken over TCP too. */
  readonly #tcp: TcpThread | undefined;
  readonly #gateway: SignalGateway;
  readonly #joins: AddressRateLimiter;
  readonly #webhooks: WebhookDispatcher;
  readonly #metrics = new HttpMetrics();
  #app: FastifyInstance | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #addressTimer: NodeJS.Timeout | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: ParleyServerOptions) {
    const { config, keys, log } = options;
    const data: Omit<MediaWorkerData, 'addresses' | keyof ThreadStart> = {
      bind: config.media.bind,
      tcp: config.media.tcp === 'on',
      secrets: keys.secrets,
      iceServers: config.ice_servers,
      limits: config.limits,
      version: VERSION,
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
      spawn: (start) => spawn({ ...data, ...start, addresses: this.#addresses.addresses }),
      log,
      onWebhook: (webhook) => {
        this.#webhooks.dispatch(webhook);
      },
    });
    const spawnTcp = options.spawnTcp ?? ((workerData) => new Worker(TCP_WORKER, { workerData }));
    if (config.media.tcp === 'on') {
      const tcp = new TcpThread({ spawn: (port) => spawnTcp(tcpWorkerData(port, config)), log });
      this.#tcp = tcp;
      this.#metrics.addThread(() => tcp.metrics());
    }
    const rate = config.limits.joins_per_second;
    this.#joins = new AddressRateLimiter(rate, rate * JOIN_BURST_SECONDS);
    this.#gateway = new SignalGateway({
      config,
      media: this.#media,
      metrics: this.#metrics,
      joins: this.#joins,
      now,
    });
  }

  /** Starts everything; answers the HTTP address. Throws an OperatorError when that is impossible. */
  async start(): Promise<string> {
    const { config, keys, log, webRoot = WEB_ROOT } = this.#options;
    checkWebApp(webRoot);
    await this.#findAddresses();
    const { port } = await this.#media.start();
    await this.#tcp?.start(port);
    log.debug({ port }, 'Media is up');
    const app = await createHttpServer({
      config,
      media: this.#media,
      guestTokens: new GuestTokens(keys.own, Date.now),
      apiTokens: new AccessTokenVerifier(keys.secrets, Date.now),
      metrics: this.#metrics,
      log,
      webRoot,
      joins: this.#joins,
      now,
      stopping: () => this.#closed !== undefined,
    });
    this.#app = app;
    this.#gateway.attach(app.server);
    try {
      await app.listen({ host: config.http.host, port: config.http.port });
    } catch (error) {
      throw listenFailure(error, config);
    }
    this.#heartbeat = setInterval(() => {
      this.#gateway.heartbeat();
    }, HEARTBEAT_INTERVAL);
    this.#addressTimer = setInterval(() => void this.#advertiseAgain(), ADDRESS_INTERVAL);
    return httpAddress(app.server, config.http.host);
  }

  async #findAddresses(): Promise<void> {
    try {
      await this.#addresses.refresh();
    } catch (error) {
      throw new OperatorError(`Media could not be started: ${errorText(error)}`);
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

  /**
   * Begins no further calls, lets those that are on go on for `shutdown.grace_seconds` or until nobody is left, has
   * clients told to reconnect, ends what is left. Idempotent.
   */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const { grace_seconds } = this.#options.config.shutdown;
    if (grace_seconds > 0 && this.#gateway.size > 0) {
      this.#media.drain();
      await this.#gateway.untilEmpty(grace_seconds * 1_000);
    }
    this.#gateway.stop();
    clearInterval(this.#heartbeat);
    clearInterval(this.#addressTimer);
    await this.#media.close(GOODBYE_TIMEOUT);
    await this.#tcp?.close();
    await Promise.all([this.#gateway.drain(DRAIN_TIMEOUT), this.#webhooks.close(DRAIN_TIMEOUT)]);
    await this.#app?.close();
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

function listenFailure(error: unknown, { http }: Config): OperatorError {
  const where = `port ${http.port} on ${http.host}`;
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new OperatorError(
        `HTTP ${where} is in use: stop the other program or set http.port (PARLEY_HTTP_PORT) to another`,
      );
    case 'EACCES':
      return new OperatorError(
        `HTTP ${where} may not be used by this user: set http.port (PARLEY_HTTP_PORT) to 1024 or higher`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new OperatorError(
        `${http.host} is no address of this machine: change http.host (PARLEY_HTTP_HOST)`,
      );
    default:
      return new OperatorError(`HTTP could not be started: ${errorText(error)}`);
  }
}

/** The address to open in a browser on this machine. */
function httpAddress(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const everywhere = host === '0.0.0.0' || host === '::';
  return `http://${everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
}
