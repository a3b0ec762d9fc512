const HOUR_MS = 3_600_000;
const MORNING = 9;
const MONDAY = 1;

export type SendTimeName = 'hour' | 'tomorrow' | 'monday';

/** Times that are offered, in the zone of the device. Monday only where that is not tomorrow. */
export function sendTimes(now: Date): [SendTimeName, Date][] {
  const tomorrow = morningIn(now, 1);
  const toMonday = (MONDAY - now.getDay() + 7) % 7 || 7;
  return [
    ['hour', new Date(now.getTime() + HOUR_MS)],
    ['tomorrow', tomorrow],
    ...(toMonday > 1 ? [['monday', morningIn(now, toMonday)] satisfies [SendTimeName, Date]] : []),
  ];
}

/** As a field for date and time has it: in the zone of the device, to the minute. */
export function fieldTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

function morningIn(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
}
