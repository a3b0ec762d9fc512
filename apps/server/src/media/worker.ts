import { workerData } from 'node:worker_threads';
import { liveKitFront, runMediaThread } from '@parley/node';
import type { MediaWorkerData } from './media-worker-data.js';

const { node, livekit } = workerData as MediaWorkerData;
runMediaThread(node, [liveKitFront(livekit)]);
