import { describe, expect, onTestFinished, test } from 'vitest';
import { checkAddresses } from '../../src/doctor/addresses.js';
import { MediaProbe } from '../../src/doctor/media-probe.js';
import type { Machine } from '../../src/doctor/machine.js';
import { testConfig } from '../support.js';
import { interfaces, MACHINE } from './machine.js';

const PUBLIC = { PARLEY_HTTP_HOST: '0.0.0.0' };

async function sentences(
  environment: Record<string, string> = {},
  machine: Partial<Machine> = {},
  probes: readonly MediaProbe[] = [],
): Promise<string[]> {
  const findings = await checkAddresses(testConfig(environment), { ...MACHINE, ...machine }, probes);
  return findings.map(({ status, text }) => `${status} ${text}`);
}

async function probe(protocol: 'UDP' | 'TCP', port = 0): Promise<MediaProbe> {
  const opened = await MediaProbe.open(protocol, '127.0.0.1', port);
  onTestFinished(() => {
    opened.close();
  });
  return opened;
}

describe('checkAddresses', () => {
  test('tells of loopback addresses where HTTP is public, and only there', async () => {
    const loopback = { PARLEY_MEDIA_ADDRESSES: '127.0.0.1' };
    expect(await sentences(loopback)).toEqual(['ok Clients are told to send media to 127.0.0.1']);
    expect(await sentences({ ...PUBLIC, ...loopback })).toEqual([
      'change Only 127.0.0.1 is advertised, which no other machine reaches: set media.addresses (PARLEY_MEDIA_ADDRESSES) to the address clients reach',
    ]);
  });

  test.each(['10.1.2.3', '172.31.0.1', '192.168.1.1', '100.64.0.1', 'fd00::1'])(
    'notes that %s is reached from its own network alone',
    async (address) => {
      expect(await sentences(PUBLIC, { interfaces: interfaces(address) })).toEqual([
        `note Clients are told to send media to ${address}, which is reached from this network alone: for others set media.host_override (PARLEY_MEDIA_HOST_OVERRIDE) or media.stun_servers (PARLEY_MEDIA_STUN_SERVERS)`,
      ]);
    },
  );

  test('tells which addresses are left out, why, and how to have them', async () => {
    const bridge = interfaces('172.17.0.1').eth0;
    expect(await sentences(PUBLIC, { interfaces: { docker0: bridge, ...interfaces('8.8.8.8') } })).toEqual([
      'ok Clients are told to send media to 8.8.8.8',
      'ok Clients are not told of 172.17.0.1 (docker0, a network of containers or virtual machines): to have them told, list all addresses in media.addresses (PARLEY_MEDIA_ADDRESSES)',
    ]);
  });

  test('tells of a machine without an address', async () => {
    expect(await sentences({}, { interfaces: {} })).toEqual([
      'change No address is advertised: set media.addresses (PARLEY_MEDIA_ADDRESSES) to the one clients reach',
    ]);
  });

  test('resolves the host override, and tells of a name that has no address', async () => {
    const environment = { PARLEY_MEDIA_HOST_OVERRIDE: 'calls.example.org' };
    expect(await sentences(environment)).toContain('ok Clients are told to send media to 192.0.2.9');
    expect(await sentences(environment, { lookup: () => Promise.reject(new Error('ENOTFOUND')) })).toEqual([
      'change The name calls.example.org in media.host_override cannot be resolved: put it into the DNS or change media.host_override (PARLEY_MEDIA_HOST_OVERRIDE)',
    ]);
  });

  test('tells of STUN servers that do not answer, and of pairs that this machine is not in', async () => {
    expect(await sentences({ PARLEY_MEDIA_STUN_SERVERS: 'stun:a' })).toContain(
      'change No server of media.stun_servers answers: correct it, or set media.addresses (PARLEY_MEDIA_ADDRESSES) to the address clients reach',
    );
    expect(await sentences({ PARLEY_MEDIA_HOST_OVERRIDE: '203.0.113.1/10.0.0.1' })).toContain(
      'change media.host_override names none of the addresses of this machine: correct it, or set media.addresses (PARLEY_MEDIA_ADDRESSES) to the address clients reach',
    );
  });

  test('sees that an address which is not its own leads here', async () => {
    const udp = await probe('UDP');
    const tcp = await probe('TCP', udp.port);
    const environment = { PARLEY_MEDIA_ADDRESSES: '127.0.0.1', PARLEY_MEDIA_PORT: String(udp.port) };
    expect(await sentences(environment, { interfaces: interfaces('192.0.2.1') }, [udp, tcp])).toContain(
      `ok Port ${udp.port} of 127.0.0.1, which is no address of this machine, leads here`,
    );
  });

  test('notes an address that leads elsewhere, by protocol', async () => {
    const [udp, tcp] = [await probe('UDP'), await probe('TCP')];
    const environment = { PARLEY_MEDIA_ADDRESSES: '127.0.0.1', PARLEY_MEDIA_PORT_OVERRIDE: String(udp.port) };
    expect(await sentences(environment, { interfaces: interfaces('192.0.2.1') }, [udp, tcp])).toContain(
      `note 127.0.0.1 is no address of this machine, and TCP to its port ${udp.port} does not arrive here: have the router pass it on, unless it does so already and only leads nothing back from inside`,
    );
  });

  test('cannot tell while Parley has the port', async () => {
    expect(await sentences({ PARLEY_MEDIA_ADDRESSES: '203.0.113.1' })).toContain(
      'note 203.0.113.1 is no address of this machine, and whether it leads here can be seen only while Parley does not run',
    );
  });
});
