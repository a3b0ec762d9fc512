import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkClock } from '../../src/doctor/clock.js';
import { testConfig } from '../support.js';
import { MACHINE } from './machine.js';

const WALL = Date.UTC(2026, 0, 1);
const BEGAN = { wall: WALL, now: 0 };

/** A web server whose clock differs by so many milliseconds; undefined says nothing of it. */
async function server(difference: number | undefined): Promise<string> {
  const http = createServer((_request, response) => {
    response.sendDate = false;
    if (difference !== undefined) response.setHeader('Date', new Date(WALL + difference).toUTCString());
    response.end();
  });
  onTestFinished(() => void http.close());
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

describe('checkClock', () => {
  test.each([0, Date.UTC(2107, 0, 1)])('tells of a clock that is far from the present: %i', async (wall) => {
    const began = { wall, now: 0 };
    const finding = await checkClock(testConfig(), { ...MACHINE, wall: () => wall }, undefined, began);
    expect(finding.status).toBe('change');
    expect(finding.text).toMatch(/^The clock says .*: set it/);
  });

  test('agrees with a web server that says nearly the same', async () => {
    const url = await server(20_000);
    expect(await checkClock(testConfig(), MACHINE, `${url}/path`, BEGAN)).toEqual({
      status: 'ok',
      text: `The clock says 2026-01-01T00:00:00.000Z, as does that of ${url}`,
    });
  });

  test.each([
    [-60_000, '59.5 s ahead of'],
    [60_000, '60.5 s behind'],
  ])('tells of a web server whose clock differs by %i ms', async (difference, words) => {
    const url = await server(difference);
    expect(await checkClock(testConfig(), MACHINE, url, BEGAN)).toEqual({
      status: 'change',
      text: `The clock is ${words} that of ${url}: set the one that is wrong (NTP keeps it right), as tokens are refused when they differ by more than a minute`,
    });
  });

  test('asks the receivers of webhooks, and the next when one says nothing', async () => {
    const [silent, right] = [await server(undefined), await server(0)];
    const config = testConfig({ PARLEY_WEBHOOKS_URLS: `http://127.0.0.1:1/a,${silent}/b,${right}/c` });
    const agreed = await checkClock(config, MACHINE, undefined, BEGAN);
    expect(agreed.status).toBe('ok');
    expect(agreed.text).toContain(`as does that of ${right}`);
    const alone = await checkClock(testConfig(), MACHINE, silent, BEGAN);
    expect(alone.status).toBe('note');
    expect(alone.text).toContain(`cannot be compared: ${silent} says nothing of its own`);
  });

  test('tells of a clock that is moved while the checks run', async () => {
    const machine = { ...MACHINE, wall: () => WALL + 5_000, now: () => 2_000 };
    expect(await checkClock(testConfig(), machine, undefined, BEGAN)).toEqual({
      status: 'change',
      text: 'The clock was moved by 3.0 s while this ran: have one program alone set it, and in small steps',
    });
  });
});
