import { workerData } from 'node:worker_threads';
import type { DatabaseThreadData } from './messages.js';
import { runDatabaseThread } from './run-database-thread.js';

await runDatabaseThread(workerData as DatabaseThreadData);
