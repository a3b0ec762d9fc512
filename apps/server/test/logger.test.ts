import { expect, test } from 'vitest';
import { createLogger, escapeInvisible, redactTokens } from '../src/logger.js';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger({ level: 'info' }, { write: (line) => void lines.push(line) }));
  return lines.join('');
}

test('a line is JSON with the fields given', () => {
  const line: unknown = JSON.parse(
    logged((log) => log.info({ room: 'kitchen', participant: 'ada' }, 'Joined')),
  );
  expect(line).toMatchObject({
    level: 'info',
    service: 'parley',
    room: 'kitchen',
    participant: 'ada',
    msg: 'Joined',
  });
});

test('the level is respected', () => {
  expect(logged((log) => log.debug('no'))).toBe('');
});

test('tokens and secrets get into no line, wherever they stand', () => {
  const text = logged((log) => {
    log.info({ token: 'one-secret', secret: 'two-secret', nested: { token: 'three-secret' } }, 'fields');
    log.info({ url: '/rtc/v1?access_token=four-secret&sdk=js' }, 'a URL');
    log.error(new Error(`GET /rtc?access_token=five-secret failed with Bearer ${TOKEN}`));
    log.info(`a message with access_token=six-secret`);
  });
  expect(text).not.toMatch(/-secret|eyJ/);
  expect(text).toContain('sdk=js');
});

test('what is no token stays', () => {
  expect(redactTokens('eyewitness.report.pdf and eye.b.c')).toBe('eyewitness.report.pdf and eye.b.c');
  expect(redactTokens(TOKEN)).toBe('[redacted]');
});

test('characters that do not show get into no line, whatever people call themselves', () => {
  const name = 'Ada\u202Egnol\u001B[31m\u009B\u200B\u2028\u{E0041}\uFEFF\r\nend';
  const line = logged((log) => log.info({ participant: name }, `${name} joined`));
  expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  expect(JSON.parse(line)).toMatchObject({ participant: name, msg: `${name} joined` });
});

test('on a terminal they are numbers, and what was a backslash is one', () => {
  const name = 'Ada\u202E\u001B[31m\r\\u001b é 🎉';
  const line = escapeInvisible(JSON.stringify({ name }), true);
  expect(JSON.parse(line)).toEqual({ name: 'Ada\\u202e\\u001b[31m\\r\\u001b é 🎉' });
});
