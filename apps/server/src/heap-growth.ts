import { setFlagsFromString } from 'node:v8';

/**
 * Whether the part of each thread's heap that takes new objects may grow, beyond 1 MiB. Loading programs makes much garbage,
 * and what grew for that would stay: some 30 MB of a server that has nothing to do. V8 reads the flag when it is about to grow.
 */
export function allowHeapGrowth(isAllowed: boolean): void {
  setFlagsFromString(`--semi-space-growth-factor=${isAllowed ? 2 : 1}`);
}
