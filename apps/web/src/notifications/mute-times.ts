export const MUTE_TIMES = ['quarter', 'hour', 'workday', 'tomorrow', 'ever'] as const;

export type MuteTime = (typeof MUTE_TIMES)[number];

const HOUR_MS = 3_600_000;
/** When tomorrow begins for who sleeps. */
const MORNING = 8;

/** Until when something is muted, in ISO 8601; null for good. */
export function muteUntil(time: MuteTime, now: Date): string | null {
  switch (time) {
    case 'quarter':
      return after(now, HOUR_MS / 4);
    case 'hour':
      return after(now, HOUR_MS);
    case 'workday':
      return after(now, 8 * HOUR_MS);
    case 'tomorrow': {
      const morning = new Date(now);
      morning.setDate(now.getDate() + 1);
      morning.setHours(MORNING, 0, 0, 0);
      return morning.toISOString();
    }
    case 'ever':
      return null;
  }
}

function after(now: Date, ms: number): string {
  return new Date(now.getTime() + ms).toISOString();
}
