import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { RoomPeople } from '@parley/contract';
import type { TwirpRequest, TwirpResponse } from '@parley/livekit';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { loadConfig } from '../src/config/load.js';
import type { Config } from '../src/config/schema.js';
import type { MediaFront, SignalLink, SignalListener } from '../src/media/media-front.js';
import { AddressRateLimiter } from '@parley/core';
import type { ThreadMetric } from '@parley/core';
import { HttpMetrics } from '../src/http/metrics.js';
import { SignalGateway } from '../src/http/signal-gateway.js';
import type { Admission } from '../src/workspace/call-door.js';
import { Upgrades } from '../src/http/upgrades.js';
import { MEDIA_PROTOCOL_VERSION, type MediaProtocol, type SignalHttpRequest } from '@parley/node/main-thread';
import { FakeWorker as FakeSupervised } from '../../../packages/core/test/support/fake-worker.js';

export const SECRET = 'a-secret-of-more-than-thirty-two-characters';
export const silent = pino({ level: 'silent' });

/** A folder of this test's own, gone when it has finished. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A configuration with the given variables and nothing from this machine; one thread of media over UDP only unless they say so. */
export function testConfig(environment: Record<string, string> = {}): Config {
  const file = join(temporaryFolder(), 'empty.yaml');
  writeFileSync(file, '');
  const defaults = {
    PARLEY_API_KEYS: `key: ${SECRET}`,
    PARLEY_MEDIA_TCP: 'off',
    PARLEY_MEDIA_THREADS: '1',
    PARLEY_WORKSPACE: 'off',
  };
  return loadConfig({ ...defaults, ...environment }, file).config;
}

/** A built web app of two files. */
export function webRoot(): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'assets'));
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Parley</title>');
  writeFileSync(join(root, 'assets', 'app-1a2b3c.js'), 'export {};');
  writeFileSync(join(root, 'assets', 'app-1a2b3c.js.br'), brotliCompressSync('export {};'));
  return root;
}

interface Serving {
  admission: Admission;
  config: Config;
  media: FakeMedia;
  metrics: HttpMetrics;
  now: () => number;
}

/** Media's WebSockets on an HTTP server. */
export function serveSignalling(
  server: Server,
  {
    admission,
    config = testConfig(),
    media = new FakeMedia(),
    metrics = new HttpMetrics(),
    now = () => 0,
  }: Partial<Serving> = {},
) {
  const rate = config.limits.joins_per_second;
  const gateway = new SignalGateway({ config, media, metrics, now, admission: () => admission });
  const upgrades = new Upgrades([gateway], {
    ...{ config, now, joins: new AddressRateLimiter(rate, 2 * rate) },
    onRefused: (status) => {
      metrics.signalRejections.inc({ status: String(status) });
    },
  });
  upgrades.attach(server);
  return { gateway, upgrades, media, metrics };
}

/** A connection as the fake media front sees it. */
export interface FakeConnection {
  request: SignalHttpRequest;
  listener: SignalListener;
  received: (Uint8Array | string)[];
  /** Settles when the gateway says that the client is gone. */
  disconnected: Promise<void>;
}

/** Stands for the media thread: tests say what it answers. */
export class FakeMedia implements MediaFront {
  ready = true;
  readonly connections: FakeConnection[] = [];
  readonly validated: SignalHttpRequest[] = [];
  validation = { status: 200, text: 'success' };
  readonly apiCalls: TwirpRequest[] = [];
  apiResponse: TwirpResponse = { status: 200, contentType: 'application/json', body: Buffer.from('{}') };
  roomPeople: RoomPeople | undefined = { names: [], total: 0 };
  readonly roomQuestions: string[] = [];
  threadMetrics: ThreadMetric[] = [];
  /** Called for each connection, after `connect` has returned. */
  onConnect: (connection: FakeConnection) => void = ({ listener }) => {
    listener.accepted();
  };
  /** Called for each message of a client. */
  onMessage: (connection: FakeConnection, data: Uint8Array | string) => void = () => undefined;

  connect(request: SignalHttpRequest, listener: SignalListener): SignalLink {
    let gone = (): void => undefined;
    const disconnected = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const connection: FakeConnection = { request, listener, received: [], disconnected };
    this.connections.push(connection);
    queueMicrotask(() => {
      this.onConnect(connection);
    });
    return {
      receive: (data) => {
        connection.received.push(data);
        this.onMessage(connection, data);
      },
      disconnect: () => {
        gone();
      },
    };
  }

  validate(request: SignalHttpRequest): Promise<{ status: number; text: string }> {
    this.validated.push(request);
    return Promise.resolve(this.validation);
  }

  callApi(request: TwirpRequest): Promise<TwirpResponse> {
    this.apiCalls.push(request);
    return Promise.resolve(this.apiResponse);
  }

  people(room: string): Promise<RoomPeople | undefined> {
    this.roomQuestions.push(room);
    return Promise.resolve(this.roomPeople);
  }

  metrics(): Promise<ThreadMetric[]> {
    return Promise.resolve(this.threadMetrics);
  }
}

/** Stands for a media thread. */
export class FakeWorker extends FakeSupervised<MediaProtocol> {
  getReady(port: number): void {
    this.say({ type: 'hello', version: MEDIA_PROTOCOL_VERSION, hello: { port } });
  }
}
