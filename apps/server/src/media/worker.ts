import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { LiveKitService } from '@parley/livekit';
import { WebRtcServer } from '@parley/transport';
import { EventLoopDelay } from '../event-loop-delay.js';
import { errorCode } from '../errors.js';
import { mediaMetrics } from './media-metrics.js';
import type { FromMedia, MediaWorkerData, ToMedia } from './messages.js';
import { SharedRoomQuota } from './shared-room-quota.js';
import { SignalSessions } from './signal-sessions.js';

/** How often retransmissions and feedback are looked after, in milliseconds. */
const MEDIA_INTERVAL = 20;
/** How often clients are told what changed, and time limits are looked after, in milliseconds. */
const SIGNAL_INTERVAL = 60;

const main = parentPort;
if (main === null) throw new Error('The media thread is started by the server, not by itself');

const post = (message: FromMedia, transfer: ArrayBuffer[] = []): void => {
  main.postMessage(message, transfer);
};

process.on('uncaughtException', (error) => {
  post({ type: 'fatal', message: error.message, code: errorCode(error), stack: error.stack });
  process.exit(1);
});

const options = workerData as MediaWorkerData;
const now = (): number => performance.now();
const random = (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes));

const wall = (): number => Date.now();

const server = new WebRtcServer({
  port: options.port,
  ufragPrefix: options.ufragPrefix,
  ...(options.bind.length > 0 && { addresses: options.bind }),
  candidates: options.addresses,
  tcp: options.tcp,
  packetsPerSecond: options.limits.media_packets_per_second,
  now,
  wall,
  random,
  onError: (error) => {
    post({ type: 'log', level: 'error', fields: { err: error }, message: 'A transport failed' });
  },
});
const service = new LiveKitService({
  keys: options.secrets,
  server,
  clock: { now, wall },
  random,
  log: (level, fields, message) => {
    post({ type: 'log', level, fields: { ...fields }, message });
  },
  roomQuota: new SharedRoomQuota(options.roomCounts, options.thread, options.limits.rooms),
  limits: {
    rooms: options.limits.rooms,
    participantsPerRoom: options.limits.participants_per_room,
    dataPacketsPerSecond: options.limits.data_packets_per_second,
  },
  version: options.version,
  iceServers: options.iceServers,
  remoteUnmute: options.remoteUnmute,
  onRoomStarted: (room) => {
    post({ type: 'room-started', room });
  },
  onRoomFinished: (room) => {
    post({ type: 'room-finished', room });
  },
  ...(options.webhooks && {
    onWebhook: (webhook) => {
      post({ type: 'webhook', webhook });
    },
  }),
});
const sessions = new SignalSessions(service, post);
const eventLoopDelay = new EventLoopDelay('media');

const mediaTimer = setInterval(() => server.handleTimers(now()), MEDIA_INTERVAL);
const signalTimer = setInterval(() => service.handleTimers(now()), SIGNAL_INTERVAL);

main.on('message', (message: ToMedia) => {
  switch (message.type) {
    case 'connect':
      void sessions.connect(message.id, message);
      break;
    case 'validate':
      void sessions.validate(message.id, message);
      break;
    case 'message':
      sessions.receive(message.id, message.data);
      break;
    case 'disconnect':
      sessions.disconnect(message.id);
      break;
    case 'advertise':
      server.advertise(message.addresses);
      break;
    case 'call-api':
      void service.callApi(message.request).then((response) => {
        post({ type: 'api-answer', id: message.id, response });
      });
      break;
    case 'metrics':
      post({
        type: 'metrics',
        id: message.id,
        metrics: [eventLoopDelay.collect(), ...mediaMetrics(service.metrics(), server.counters())],
      });
      break;
    case 'ping':
      post({ type: 'pong' });
      break;
    case 'drain':
      service.drain();
      break;
    case 'shutdown':
      clearInterval(mediaTimer);
      clearInterval(signalTimer);
      service.close();
      server.close();
      // Messages already posted are still delivered after the port is closed.
      main.close();
      break;
  }
});

post({ type: 'ready', port: server.port, fingerprint: server.fingerprint });
