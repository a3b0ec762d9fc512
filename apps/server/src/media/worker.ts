import { workerData } from 'node:worker_threads';
import { channelOfRoom } from '@parley/contract';
import { liveKitFront, rosterFront, runMediaThread } from '@parley/node';
import type { MediaWorkerData } from './media-worker-data.js';

const { node, livekit } = workerData as MediaWorkerData;
runMediaThread(node, [liveKitFront(livekit), rosterFront((room) => channelOfRoom(room) !== undefined)]);
