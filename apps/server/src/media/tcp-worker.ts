import { workerData } from 'node:worker_threads';
import type { TcpWorkerData } from '@parley/node/main-thread';
import { runTcpThread } from '@parley/node/tcp';

await runTcpThread(workerData as TcpWorkerData);
