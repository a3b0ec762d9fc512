import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Cores, pinned } from '../pinning.js';
import type { FloorOrder, FloorResult } from './floor-commands.js';
import { type Flow, schedule } from './schedule.js';

/** Microseconds of CPU time for each packet that a bare native loop sends. */
export interface Floor {
  /** Encrypted anew for each receiver, as every server must. */
  encrypting: number;
  /** Handed to the kernel alone. */
  sending: number;
}

/** Fixed header, and an extension block with a transport-wide sequence number. */
const HEADER_SIZE = 12 + 8;

/**
 * What it costs at least to send these flows: a native loop on the server's cores encrypts and sends the same packets,
 * at the same times, to as many sockets, and does nothing else. In a process of its own; the sockets are on the cores of
 * the load.
 */
export async function measureFloor(
  flows: readonly Flow[],
  seconds: number,
  cores: Cores | undefined,
): Promise<Floor> {
  const receivers = start('floor-receivers.js', cores?.load);
  const sender = start('floor-process.js', cores?.server);
  try {
    const count = 1 + Math.max(...flows.flatMap((flow) => flow.receivers));
    const ports = await ask<number[]>(receivers, count);
    const order = { ports, rows: [...schedule(flows)], seconds, headerSize: HEADER_SIZE };
    const measure = async (encrypt: boolean) => {
      const { microseconds, packets } = await ask<FloorResult>(sender, { ...order, encrypt });
      return microseconds / packets;
    };
    return { encrypting: await measure(true), sending: await measure(false) };
  } finally {
    sender.disconnect();
    receivers.disconnect();
  }
}

function start(module: string, cores: readonly number[] | undefined): ChildProcess {
  const path = fileURLToPath(new URL(module, import.meta.url));
  const { file, args } = pinned({ file: process.execPath, args: [path] }, cores);
  return spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

/** Rejects if the process ends instead of answering. */
async function ask<Answer>(child: ChildProcess, question: FloorOrder | number): Promise<Answer> {
  const ended = new AbortController();
  const exit = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`A process of the floor ended with code ${String(code)}.`);
  });
  exit.catch(() => undefined);
  child.send(question);
  const [answer] = (await Promise.race([once(child, 'message'), exit])) as [Answer];
  ended.abort();
  return answer;
}
