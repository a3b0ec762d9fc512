import { expect, test } from 'vitest';
import { defaultInterfaces } from '../../src/media/default-routes.js';

const HEADER = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
const IPV4 = [
  HEADER,
  'wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0',
  'eth0\t00000000\t0100000A\t0003\t0\t0\t100\t00000000\t0\t0\t0',
  'docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
  '',
].join('\n');
const NOWHERE = '0'.repeat(32);
const IPV6 = [
  `fe800000000000000000000000000000 40 ${NOWHERE} 00 ${NOWHERE} 00000100 00000002 00000000 00000001     eth0`,
  `${NOWHERE} 00 ${NOWHERE} 00 fd000000000000000000000000000001 00000400 00000003 00000000 00000003     eth1`,
  `${NOWHERE} 00 ${NOWHERE} 00 ${NOWHERE} ffffffff 00000001 00000000 00200200       lo`,
].join('\n');

test('are those of both protocols, the preferred one first', () => {
  expect(defaultInterfaces(IPV4, IPV6)).toEqual(['eth0', 'wlan0', 'eth1']);
});

test('are none where the system says nothing, or something else', () => {
  expect(defaultInterfaces('', '')).toEqual([]);
  expect(defaultInterfaces(HEADER, 'x')).toEqual([]);
});

test('are none that are down or lead nowhere', () => {
  const down = 'eth0\t00000000\t0100000A\t0002\t0\t0\t100\t00000000\t0\t0\t0';
  expect(
    defaultInterfaces(down, `${NOWHERE} 00 ${NOWHERE} 00 ${NOWHERE} ffffffff 1 0 00200200 eth0`),
  ).toEqual([]);
});
