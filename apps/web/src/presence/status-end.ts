/** How long a status is to stay. */
export const STATUS_ENDS = ['never', 'hour', 'four_hours', 'today', 'week'] as const;

export type StatusEnd = (typeof STATUS_ENDS)[number];

const MINUTE = 60;
const HOUR = 3600;

/** Seconds from then on; null for ever. A day and a week end at midnight where one is, a week on Sunday. */
export function secondsUntil(end: StatusEnd, now: Date): number | null {
  switch (end) {
    case 'never':
      return null;
    case 'hour':
      return HOUR;
    case 'four_hours':
      return 4 * HOUR;
    case 'today':
      return untilMidnight(now, 1);
    case 'week':
      return untilMidnight(now, now.getDay() === 0 ? 1 : 8 - now.getDay());
  }
}

/** The server takes no less than a minute. */
function untilMidnight(now: Date, days: number): number {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  return Math.max(MINUTE, Math.round((midnight.getTime() - now.getTime()) / 1000));
}
