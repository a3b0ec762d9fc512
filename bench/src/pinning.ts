import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

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
  const cores = parseCoreList(
    /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1],
  );
  if (cores.length < 2 || spawnSync('taskset', ['--version']).error !== undefined) return undefined;
  const half = Math.floor(cores.length / 2);
  return { server: cores.slice(0, half), load: cores.slice(half) };
}

/** The command, run on those cores alone. */
export function pinned({ file, args }: Command, cores: readonly number[] | undefined): Command {
  return cores === undefined
    ? { file, args }
    : { file: 'taskset', args: ['--cpu-list', cores.join(','), file, ...args] };
}

/** Of a list as the kernel writes it: `0-3,8`. */
export function parseCoreList(list = ''): number[] {
  return list.split(',').flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
