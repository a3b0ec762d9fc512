import { relative } from 'node:path';
import { loadApiKeys } from './auth/api-keys.js';
import type { LoadedConfig } from './config/load.js';
import { prepareDataFolder } from './data-folder.js';
import { allowHeapGrowth } from './heap-growth.js';
import { createLogger } from './logger.js';
import { ParleyServer } from './server.js';
import type { ParleyServerOptions } from './server.js';

/** Where signals come from: the process, or a test. */
export interface Signals {
  on(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP', listener: () => void): unknown;
}

export interface UpOptions extends Pick<ParleyServerOptions, 'webRoot' | 'spawnMedia'> {
  loaded: LoadedConfig;
  /** Prints the start line. */
  print: (line: string) => void;
  signals: Signals;
  /** Ends the process. */
  exit: (code: number) => void;
}

/** Milliseconds after the grace in which the server stops by itself; then the process ends whatever still runs. */
const SHUTDOWN_TIMEOUT = 4_900;
/** Milliseconds in which what is loaded late makes garbage, too. */
const SETTLE_TIME = 8_000;
/** A terminal and npm both pass on one Ctrl+C: what comes so soon after the first is the same signal, in milliseconds. */
const SAME_SIGNAL = 500;

/** `parley up`: runs until a signal comes; answers the exit code. Throws an OperatorError when it cannot start. */
export async function up(options: UpOptions): Promise<number> {
  const { loaded, print, signals, exit } = options;
  const { config } = loaded;
  prepareDataFolder(config.data_dir);
  const keys = loadApiKeys(config);
  const log = createLogger(config.log);
  for (const warning of loaded.warnings) log.warn(warning);

  const server = new ParleyServer({ ...options, config, keys, log });
  const stopped = new Promise<number>((resolve) => {
    let stoppedAt: number | undefined;
    const stop = (): void => {
      if (stoppedAt !== undefined) {
        if (performance.now() - stoppedAt > SAME_SIGNAL) exit(1);
        return;
      }
      stoppedAt = performance.now();
      const { grace_seconds } = config.shutdown;
      log.info({ graceSeconds: grace_seconds }, 'Shutting down');
      setTimeout(
        () => {
          log.warn('Not everything has ended in time');
          exit(0);
        },
        grace_seconds * 1_000 + SHUTDOWN_TIMEOUT,
      ).unref();
      void server.close().then(() => {
        resolve(0);
      });
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) signals.on(signal, stop);
  });
  try {
    const address = await server.start();
    if (address === undefined) return await stopped;
    setTimeout(() => {
      allowHeapGrowth(true);
    }, SETTLE_TIME).unref();
    const hint = keys.file === undefined ? '' : ` (API key and secret: ${relative('.', keys.file)})`;
    print(`Parley is running at ${address}${hint}`);
    const { setUpCode } = server;
    if (setUpCode !== undefined) print(`Set it up at ${address}/?setup=${setUpCode}`);
  } catch (error) {
    await server.close();
    throw error;
  }
  return stopped;
}
