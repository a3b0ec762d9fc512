import { expect, test } from 'vitest';
import {
  isQuiet,
  noticeOf,
  saysKeyword,
  type Listener,
  type NotificationRule,
  type NotifyRules,
  type QuietHours,
} from '../src/index.js';

const NOW = Date.parse('2026-11-30T10:00:00Z');
const LISTENER: Listener = { now: NOW, quiet: null, doNotDisturb: false };
const rule = (facts: Partial<NotificationRule>): NotificationRule => ({
  ...{ level: null, muted: false, muted_until: null },
  ...facts,
});
const rules = (facts: Partial<NotifyRules> = {}): NotifyRules => ({
  ...{ channel: undefined, community: undefined, isConversation: false },
  ...facts,
});
const told = (isCalled: boolean, facts: Partial<NotifyRules>, listener: Partial<Listener> = {}) => {
  const { counts, calls, tells } = noticeOf(isCalled, rules(facts), { ...LISTENER, ...listener });
  return [counts, calls, tells];
};

test('in a channel one is told of what calls one, in a conversation of everything', () => {
  expect(told(false, {})).toEqual([true, false, false]);
  expect(told(true, {})).toEqual([true, true, true]);
  expect(told(false, { isConversation: true })).toEqual([true, true, true]);
});

test('what is decided for the channel counts before what is for the community', () => {
  const community = rule({ level: 'nothing' });
  expect(told(true, { community })).toEqual([true, false, false]);
  expect(told(true, { community, channel: rule({ level: 'mentions' }) })).toEqual([true, true, true]);
  expect(told(false, { channel: rule({ level: 'everything' }) })).toEqual([true, false, true]);
  expect(told(false, { isConversation: true, channel: rule({ level: 'mentions' }) })).toEqual([
    true,
    false,
    false,
  ]);
});

test('what is muted counts nowhere, until its time is over', () => {
  const muted_until = new Date(NOW + 1).toISOString();
  expect(told(true, { channel: rule({ muted: true }) })).toEqual([false, false, false]);
  expect(told(true, { community: rule({ muted: true, muted_until }) })).toEqual([false, false, false]);
  expect(told(true, { channel: rule({ muted: true, muted_until }) }, { now: NOW + 1 })).toEqual([
    true,
    true,
    true,
  ]);
});

const NIGHT: QuietHours = { days: [5, 6], from: '22:00', until: '07:00', time_zone: 'Europe/Berlin' };

test('who is not to be disturbed is told nothing, and counts it all', () => {
  expect(told(true, {}, { doNotDisturb: true })).toEqual([true, true, false]);
  const all: QuietHours = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '23:59', time_zone: 'UTC' };
  expect(told(true, {}, { quiet: all })).toEqual([true, true, false]);
});

test.each([
  ['Friday before', '2026-07-03T19:59:00Z', false],
  ['Friday at the beginning', '2026-07-03T20:00:00Z', true],
  ['Saturday morning, of Friday', '2026-07-04T04:59:00Z', true],
  ['Saturday at the end', '2026-07-04T05:00:00Z', false],
  ['Sunday morning, of Saturday', '2026-07-05T01:00:00Z', true],
  ['Monday morning', '2026-07-06T01:00:00Z', false],
  ['Friday in winter, when clocks go another hour', '2026-12-04T20:30:00Z', false],
  ['Friday in winter, within', '2026-12-04T21:00:00Z', true],
])('quiet hours over midnight: %s', (_when, time, quiet) => {
  expect(isQuiet(NIGHT, Date.parse(time))).toBe(quiet);
});

test('quiet hours within a day', () => {
  const noon: QuietHours = { days: [1], from: '12:00', until: '13:00', time_zone: 'UTC' };
  const at = (time: string) => isQuiet(noon, Date.parse(`2026-11-30T${time}:00Z`));
  expect(['11:59', '12:00', '12:59', '13:00'].map(at)).toEqual([false, true, true, false]);
});

test('a keyword is found as search would find it, and not within another word', () => {
  expect(saysKeyword('The CAFÉ opens', ['cafe'])).toBe(true);
  expect(saysKeyword('cafeteria', ['cafe'])).toBe(false);
  expect(saysKeyword('a soup kitchen', ['soup kitchen'])).toBe(true);
  expect(saysKeyword('kitchen soup', ['soup kitchen', '!!!'])).toBe(false);
});
