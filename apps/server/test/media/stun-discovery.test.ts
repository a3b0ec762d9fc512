import { expect, test } from 'vitest';
import { StunDiscovery } from '../../src/media/stun-discovery.js';

const MINUTE = 60_000;

/** Discovery with two servers that answer as `answer` says; and what they were asked. */
function discovery(answer: (url: string, local: string) => string | undefined) {
  const asked: string[] = [];
  const stun = new StunDiscovery(['stun:a', 'stun:b'], (url, local) => {
    asked.push(`${url} ${local}`);
    const external = answer(url, local);
    return external === undefined ? Promise.reject(new Error('silence')) : Promise.resolve(external);
  });
  return { stun, asked };
}

test('asks all servers from every IPv4 address that is no loopback one; any answer will do', async () => {
  const { stun, asked } = discovery((url, local) =>
    url === 'stun:b' ? `203.0.113.${local.at(-1)}` : undefined,
  );
  expect(await stun.refresh(['10.0.0.1', '10.0.0.2', 'fd00::1', '127.0.0.1'], 0)).toBe(true);
  expect(asked.sort()).toEqual(['stun:a 10.0.0.1', 'stun:a 10.0.0.2', 'stun:b 10.0.0.1', 'stun:b 10.0.0.2']);
  expect([...stun.found]).toEqual([
    ['10.0.0.1', '203.0.113.1'],
    ['10.0.0.2', '203.0.113.2'],
  ]);
});

test('asks again every five minutes, and at once when the local addresses have changed', async () => {
  const { stun, asked } = discovery(() => '203.0.113.1');
  await stun.refresh(['10.0.0.1'], 0);
  await stun.refresh(['10.0.0.1'], 4 * MINUTE);
  expect(asked).toHaveLength(2);
  await stun.refresh(['10.0.0.1'], 5 * MINUTE);
  expect(asked).toHaveLength(4);
  await stun.refresh(['10.0.0.2'], 6 * MINUTE);
  expect(asked).toHaveLength(6);
});

test('an address that nobody answers any more keeps what was known of it; one that is gone does not', async () => {
  let reachable = true;
  const { stun } = discovery((_url, local) => (reachable ? `203.0.113.${local.at(-1)}` : undefined));
  await stun.refresh(['10.0.0.1', '10.0.0.2'], 0);
  reachable = false;
  expect(await stun.refresh(['10.0.0.1'], 5 * MINUTE)).toBe(true);
  expect([...stun.found]).toEqual([['10.0.0.1', '203.0.113.1']]);
});

test('says when nothing is known, which is no matter where nobody is to be asked', async () => {
  expect(await discovery(() => undefined).stun.refresh(['10.0.0.1'], 0)).toBe(false);
  expect(await discovery(() => undefined).stun.refresh(['fd00::1'], 0)).toBe(true);
  expect(await new StunDiscovery([], () => Promise.reject(new Error())).refresh(['10.0.0.1'], 0)).toBe(true);
});
