import type { CalleeState, Ring } from '@parley/contract';

const UNSETTLED: readonly CalleeState[] = ['ringing', 'busy', 'offline'];

/** Whether somebody else calls one, and one has neither answered nor declined on any device. */
export function isCalled({ people, ended }: Ring, me: string): boolean {
  return !ended && people.some(({ id, state }) => id === me && UNSETTLED.includes(state));
}

/** Whether anybody may still answer. */
export function isCalling({ people, ended }: Ring): boolean {
  return !ended && people.some(({ state }) => UNSETTLED.includes(state));
}

/** One call among others, also after somebody called a second time. */
export function ringKey({ channel_id, started_at }: Ring): string {
  return `${channel_id} ${started_at}`;
}
