import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Heartbeat, SILENCE } from '../src/heartbeat.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function create(answers: boolean): { heartbeat: Heartbeat; heard: string[] } {
  const heard: string[] = [];
  const heartbeat: Heartbeat = new Heartbeat({
    ask: () => {
      heard.push('asked');
      if (answers) heartbeat.answered();
    },
    onSilent: () => heard.push('silent'),
    now: Date.now,
  });
  return { heartbeat, heard };
}

test('who never answers is silent, once, when the time is up', () => {
  const { heartbeat, heard } = create(false);
  heartbeat.start();
  vi.advanceTimersByTime(SILENCE);
  expect(heard).not.toContain('silent');
  vi.advanceTimersByTime(10 * SILENCE);
  expect(heard.filter((what) => what === 'silent')).toHaveLength(1);
  expect(heard.at(-1)).toBe('silent');
});

test('who answers never is, nor who answers late', () => {
  const prompt = create(true);
  prompt.heartbeat.start();
  const late = create(false);
  late.heartbeat.start();
  for (let second = 0; second < 100; second += 9) {
    vi.advanceTimersByTime(9_000);
    late.heartbeat.answered();
  }
  expect([...prompt.heard, ...late.heard]).not.toContain('silent');
});

test('nobody is asked after the stop, and a new start forgets what was before', () => {
  const { heartbeat, heard } = create(false);
  heartbeat.start();
  vi.advanceTimersByTime(SILENCE);
  heartbeat.start();
  vi.advanceTimersByTime(SILENCE);
  heartbeat.stop();
  vi.advanceTimersByTime(SILENCE);
  expect(heard).toEqual(Array.from({ length: 10 }, () => 'asked'));
});

test('whoever was stuck itself gives the other side all its time again', () => {
  vi.setSystemTime(0);
  const { heartbeat, heard } = create(false);
  heartbeat.start();
  vi.advanceTimersByTime(SILENCE);
  // All threads stood still for 18 s: the clock goes on, no timer fires.
  vi.setSystemTime(Date.now() + 18_000);
  vi.advanceTimersByTime(SILENCE);
  expect(heard).not.toContain('silent');
  vi.advanceTimersByTime(2_000);
  expect(heard).toContain('silent');
});
