import { readFileSync } from 'node:fs';

/** Offers captured from real peers; see `fixtures/README.md`. */
export const fixtureNames = [
  'chromium-join',
  'chromium-publish',
  'chromium-simulcast',
  'rtc-node-join',
  'rtc-node-publisher',
] as const;

export function fixture(name: (typeof fixtureNames)[number]): string {
  return readFileSync(new URL(`../fixtures/${name}.sdp`, import.meta.url), 'utf8');
}
