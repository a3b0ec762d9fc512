import { readdirSync, readFileSync } from 'node:fs';

const NANOSECONDS_PER_MICROSECOND = 1_000;

/**
 * Microseconds that a process' threads have run, user and kernel time together, by the kernel's scheduler
 * (`/proc/<pid>/task/<tid>/schedstat`, nanoseconds): by thread id. Threads that have ended are not among them.
 */
export function cpuMicroseconds(pid: number): Map<number, number> {
  const threads = new Map<number, number>();
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const [running] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
    threads.set(Number(thread), Number(running) / NANOSECONDS_PER_MICROSECOND);
  }
  return threads;
}

/** Microseconds that all threads of a process together have run since an earlier reading. */
export function cpuSince(pid: number, before: ReadonlyMap<number, number> = new Map()): number {
  let sum = 0;
  for (const [thread, microseconds] of cpuMicroseconds(pid)) sum += microseconds - (before.get(thread) ?? 0);
  return sum;
}

/** Bytes of memory that a process has for itself, plus its share of what it has in common with others. */
export function proportionalMemory(pid: number): number {
  const line = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  if (line?.[1] === undefined) throw new Error('The kernel does not tell the proportional set size.');
  return Number(line[1]) * 1_024;
}
