import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
import type { ThreadMetric } from '@parley/core';
import { MEDIA_PROTOCOL_VERSION, type MediaProtocol, type SignalHttpRequest } from '@parley/node/main-thread';
import { FakeWorker as FakeSupervised } from '../../../packages/core/test/support/fake-worker.js';

export const SECRET = 'a-secret-of-more-than-thirty-two-characters';
export const silent = pino({ level: 'silent' });

/** Numbers of a media thread, each above 0 where a test looks for it. */
export const liveKitNumbers = {
  sessions: 4,
  joins: 9,
  joinFailures: { 400: 1, 401: 2, 404: 0, 503: 3 },
  signalsReceived: 10,
  signalsSent: 11,
  offers: 12,
  dataPackets: 13,
  drops: {
    'signal-malformed': 1,
    'signal-unsupported': 0,
    'offer-invalid': 0,
    'offer-flood': 2,
    'track-refused': 0,
    'metadata-refused': 0,
    'data-malformed': 0,
    'data-refused': 0,
    'data-outdated': 0,
  },
};
export const sfuNumbers = {
  rooms: 1,
  participants: 4,
  publications: 5,
  subscriptions: 15,
  dataPacketsDropped: 6,
  measurements: {
    firstMedia: { bounds: [0.5, 1], counts: [3, 2, 1], sum: 4.5 },
    roundTrip: { bounds: [0.1], counts: [1, 0], sum: 0.05 },
    estimate: { bounds: [1e6], counts: [1, 0], sum: 5e5 },
    allocated: { bounds: [1e6], counts: [1, 0], sum: 4e5 },
    receivedLoss: { bounds: [0, 0.1], counts: [1, 1, 0], sum: 0.1 },
    sentLoss: { bounds: [0, 0.1], counts: [2, 1, 0], sum: 0.1 },
  },
};
export const transportCounters = {
  packetsReceived: 100,
  bytesReceived: 120_000,
  packetsSent: 300,
  bytesSent: 360_000,
  sendCalls: 30,
  packetsHandedOver: 50,
  droppedMalformed: 1,
  droppedTooLong: 2,
  droppedUnknownAddress: 3,
  droppedNoKeys: 0,
  droppedAuthentication: 0,
  droppedReplay: 0,
  droppedTooManySsrcs: 0,
  droppedNoSlot: 0,
  droppedInvalidDescriptor: 0,
  droppedSend: 0,
  droppedMailboxFull: 0,
  dtlsPacketsReceived: 40,
  dtlsHandshakes: 4,
  dtlsFailures: 1,
  stunUnknownUsername: 7,
  rtcpMalformed: 8,
  rtpUnknownStream: 9,
  rtpBeforeNomination: 10,
  rtpFlood: 11,
  rtcpFlood: 12,
  dataFlood: 13,
  stunFlood: 14,
  nacksReceived: 1,
  nacksSent: 2,
  keyFrameRequestsReceived: 3,
  keyFrameRequestsSent: 4,
  retransmissionsSent: 5,
  retransmissionsRefused: 6,
  feedbackReceived: 12,
  packetsPaced: 3,
  paddingSent: 8,
  ice: {
    checks: 21,
    malformed: 22,
    ignored: 23,
    wrongUsername: 24,
    unauthenticated: 25,
    unknownAttributes: 26,
    roleConflicts: 27,
  },
  sctp: {
    packetsSent: 31,
    packetsReceived: 32,
    messagesSent: 33,
    messagesReceived: 34,
    messagesAbandoned: 35,
    retransmissions: 36,
    duplicates: 37,
    malformed: 38,
    unexpected: 39,
  },
};

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
