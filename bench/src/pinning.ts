import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** A command and its arguments. */
export interface Command {
  file: string;
  args: string[];
}

/** Cores by number: which the server runs on, and which the load. */
export interface Cores {
  server: number[];
  load: number[];
}

/** Halves the machine between server and load; undefined where that cannot be done (one core, no `taskset`). */
export function divideCores(): Cores | undefined {
  const count = availableParallelism();
  if (count < 2 || spawnSync('taskset', ['--version']).error !== undefined) return undefined;
  const cores = Array.from({ length: count }, (_, core) => core);
  const half = Math.floor(count / 2);
  return { server: cores.slice(0, half), load: cores.slice(half) };
}

/** The command, run on those cores alone. */
export function pinned({ file, args }: Command, cores: readonly number[] | undefined): Command {
  return cores === undefined
    ? { file, args }
    : { file: 'taskset', args: ['--cpu-list', cores.join(','), file, ...args] };
}
