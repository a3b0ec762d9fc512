import { workerData } from 'node:worker_threads';
import { TapReader } from '@parley/sfu';

/** Reads what the tap wrote, as a recorder would that has nothing to do with it. */
const reader = new TapReader(workerData as SharedArrayBuffer);
while (!reader.ended) {
  while (reader.next() !== undefined) continue;
  reader.wait(1_000);
}
