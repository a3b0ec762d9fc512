import type { Ring } from '@parley/contract';

/** Bob calls ada in the conversation `1`. */
export function ringOf(facts: Partial<Ring> = {}): Ring {
  return {
    channel_id: '1',
    caller: { id: 'bob', name: 'Bob Baker' },
    started_at: '2026-11-29T12:00:00.000Z',
    people: [{ id: 'ada', state: 'ringing' }],
    ended: false,
    ...facts,
  };
}
