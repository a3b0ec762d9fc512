import { randomBytes } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { EventLoopDelay, SupervisedPort } from '@parley/core';
import type { FrontFactory } from './front.js';
import { MediaNode, NODE_INTERVAL } from './media-node.js';
import { MEDIA_PROTOCOL_VERSION, type MediaNodeData, type MediaProtocol } from './messages.js';
import { SharedRoomQuota } from './shared-room-quota.js';

/** The program of a media thread: a node with these fronts, under the main thread's supervision. */
export function runMediaThread(data: MediaNodeData, fronts: readonly FrontFactory[]): void {
  if (parentPort === null) throw new Error('The media thread is started by the server, not by itself');
  const now = (): number => performance.now();
  const eventLoopDelay = new EventLoopDelay('media');
  const port: SupervisedPort<MediaProtocol> = new SupervisedPort<MediaProtocol>({
    port: parentPort,
    version: MEDIA_PROTOCOL_VERSION,
    onMessage: (message) => {
      node.receive(message);
    },
    onQuestion: async (question) => {
      const answer = await node.answer(question);
      if (answer.type === 'metrics') answer.metrics.push(eventLoopDelay.collect());
      return answer;
    },
    onDrain: () => {
      node.drain();
    },
    onShutdown: () => {
      clearInterval(timer);
      node.close();
    },
  });
  process.on('uncaughtException', (error) => {
    port.fatal(error);
    process.exit(1);
  });
  const node: MediaNode = new MediaNode({
    fronts,
    server: {
      port: data.port,
      ufragPrefix: data.ufragPrefix,
      ...(data.bind.length > 0 && { addresses: data.bind }),
      candidates: data.addresses,
      tcp: data.tcp,
    },
    limits: data.limits,
    roomQuota: new SharedRoomQuota(data.roomCounts, data.thread, data.limits.rooms),
    clock: { now, wall: () => Date.now() },
    random: (bytes) => new Uint8Array(randomBytes(bytes)),
    log: port.log,
    post: (message, transfer) => {
      port.post(message, transfer);
    },
  });
  const timer = setInterval(() => {
    node.handleTimeout(now());
  }, NODE_INTERVAL);
  port.ready({ port: node.port });
}
