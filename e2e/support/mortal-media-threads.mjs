// Loaded into a server with --import: SIGUSR2 ends one of its media threads, the one that runs longest.
import { createRequire, syncBuiltinESMExports } from 'node:module';
import process from 'node:process';

const threads = createRequire(import.meta.url)('node:worker_threads');

if (threads.isMainThread) {
  const running = [];
  threads.Worker = class extends threads.Worker {
    constructor(program, options) {
      super(program, options);
      if (String(program).endsWith('/media/worker.js')) running.push(this);
    }
  };
  syncBuiltinESMExports();
  process.on('SIGUSR2', () => void running.shift()?.terminate());
}
