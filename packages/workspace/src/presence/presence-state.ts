import type { Availability, Presence } from '@parley/contract';

/** How somebody can be reached, whatever others may see of it. */
export type Reach = 'online' | 'away' | 'offline';

/** Of one person, on all devices. */
export interface Connections {
  /** Those at which somebody is, and those at which nobody has done anything for a while. */
  active: number;
  idle: number;
  /** Milliseconds since 1970, when the last one went; undefined while there is one. */
  goneAt: number | undefined;
  /** How they could be reached before that. */
  before: Reach;
}

/** Who comes back within this time, in milliseconds, was never gone: a reload, another network. */
export const GRACE = 30_000;

/** @param now milliseconds since 1970. */
export function reachOf({ active, idle, goneAt, before }: Connections, now: number): Reach {
  if (active > 0) return 'online';
  if (idle > 0) return 'away';
  return goneAt !== undefined && now - goneAt < GRACE ? before : 'offline';
}

/** What others see. */
export function shownPresence(reach: Reach, availability: Availability): Presence {
  if (reach === 'offline' || availability === 'invisible') return 'offline';
  return availability === 'do_not_disturb' ? 'do_not_disturb' : reach;
}
