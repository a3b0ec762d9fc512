import { describe, expect, test } from 'vitest';
import { hostOverrideSchema, portOverrideSchema } from '../../src/media/overrides.js';

describe('media.host_override', () => {
  test.each(['192.0.2.1', '2001:db8::1', 'example.org', 'a-b.c_d.example.', 'localhost'])(
    'takes %s for a host',
    (host) => {
      expect(hostOverrideSchema.parse(host)).toBe(host);
    },
  );

  test("takes rtcd's pairs, external address first, and a map from local to external ones", () => {
    const pairs = { '10.0.0.1': '203.0.113.1', '10.0.0.2': '203.0.113.2', 'fd00::1': '2001:db8::1' };
    expect(
      hostOverrideSchema.parse('203.0.113.1/10.0.0.1, 203.0.113.2/10.0.0.2,2001:db8::1/fd00::1'),
    ).toEqual(pairs);
    expect(hostOverrideSchema.parse(pairs)).toEqual(pairs);
  });

  test.each([
    ...['300.0.2.1', 'a b', 'http://a', 'a..b', '-a', 'example.org:8443', '', 7, {}, ['192.0.2.1']],
    ...['example.org/10.0.0.1', '192.0.2.1/', '192.0.2.1/10.0.0.1,', '192.0.2.1/10.0.0.1/10.0.0.2'],
    ...['192.0.2.1/10.0.0.1,192.0.2.2/10.0.0.1', '2001:db8::1/10.0.0.1', '192.0.2.1,192.0.2.2'],
    ...[{ '10.0.0.1': 'example.org' }, { eth0: '192.0.2.1' }],
  ])('does not take %j', (value) => {
    expect(hostOverrideSchema.safeParse(value).error?.issues.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^one IP address or one DNS name, or external\/local pairs/),
    ]);
  });
});

describe('media.port_override', () => {
  test.each([8443, '8443', ' 8443 '])('takes %j for a port', (value) => {
    expect(portOverrideSchema.parse(value)).toBe(8443);
  });

  test("takes rtcd's pairs of local address and port, and a map", () => {
    const ports = { '10.0.0.1': 8443, '10.0.0.2': 8444 };
    expect(portOverrideSchema.parse('10.0.0.1/8443, 10.0.0.2/8444')).toEqual(ports);
    expect(portOverrideSchema.parse(ports)).toEqual(ports);
  });

  test.each([
    ...[0, 65_536, 1.5, '', 'x', '70000', {}, [8443]],
    ...['10.0.0.1/8443,10.0.0.1/8444', '10.0.0.1/8443,10.0.0.2/8443', '10.0.0.1/x', 'a/8443'],
    ...['10.0.0.1/8443/8444', '10.0.0.1/0'],
  ])('does not take %j', (value) => {
    expect(portOverrideSchema.safeParse(value).error?.issues.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^a whole number from 1 to 65535, or local IP address\/port pairs/),
    ]);
  });
});
