import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { diagnose } from '../src/doctor.js';
import type { Machine } from '../src/doctor.js';
import { temporaryFolder, testConfig } from './support.js';

const MACHINE: Machine = {
  interfaces: {
    lo: [{ address: '127.0.0.1', netmask: '', mac: '', cidr: null, family: 'IPv4', internal: true }],
    eth0: [{ address: '192.0.2.1', netmask: '', mac: '', cidr: null, family: 'IPv4', internal: false }],
  },
  lookup: () => Promise.resolve([{ address: '192.0.2.9', family: 4 }]),
  query: () => Promise.reject(new Error('no STUN server')),
  openFiles: 65_536,
  wall: Date.UTC(2026, 0, 1),
};

/** What must change, and the sentences of all checks. */
async function findings(
  environment: Record<string, string> = {},
  machine: Partial<Machine> = {},
): Promise<{ change: string[]; all: string[] }> {
  const config = testConfig({
    PARLEY_DATA_DIR: join(temporaryFolder(), 'data'),
    PARLEY_MEDIA_PORT: '0',
    ...environment,
  });
  const found = await diagnose(config, { ...MACHINE, ...machine });
  return {
    change: found.filter(({ ok }) => !ok).map(({ text }) => text),
    all: found.map(({ text }) => text),
  };
}

/** A UDP port that another program has. */
async function takenPort(): Promise<string> {
  const socket = createSocket('udp4');
  onTestFinished(() => {
    socket.close();
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return String(socket.address().port);
}

describe('diagnose', () => {
  test('finds nothing to change on a machine that is well', async () => {
    const { change, all } = await findings({ PARLEY_HTTP_HOST: '0.0.0.0' });
    expect(change).toEqual([]);
    expect(all).toEqual([
      'UDP port 0 on 0.0.0.0 can be used and reached on this machine',
      'Clients are told to send media to 192.0.2.1',
      'The limit of open files is 65536',
      expect.stringMatching(/^The data folder .* can be written$/),
      'The clock says 2026-01-01T00:00:00.000Z',
    ]);
  });

  test('tells of a media port that another program has', async () => {
    const port = await takenPort();
    const { change } = await findings({
      PARLEY_MEDIA_BIND: '127.0.0.1',
      PARLEY_MEDIA_PORT: port,
      PARLEY_HTTP_PORT: '1',
    });
    expect(change).toEqual([
      `UDP port ${port} on 127.0.0.1 is in use: stop the other program or set media.port (PARLEY_MEDIA_PORT) to another`,
    ]);
  });

  test('takes a media port in use for well when it is that of a running Parley', async () => {
    const http = createServer((_request, response) => response.end('{"name":"parley"}'));
    onTestFinished(() => void http.close());
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const address = http.address();
    const { change } = await findings({
      PARLEY_MEDIA_BIND: '127.0.0.1',
      PARLEY_MEDIA_PORT: await takenPort(),
      PARLEY_HTTP_HOST: '127.0.0.1',
      PARLEY_HTTP_PORT: String(typeof address === 'object' ? address?.port : 0),
    });
    expect(change).toEqual([]);
  });

  test("tells of an address to listen on that is not this machine's", async () => {
    expect((await findings({ PARLEY_MEDIA_BIND: '192.0.2.77' })).change).toEqual([
      '192.0.2.77 is no address of this machine: change media.bind (PARLEY_MEDIA_BIND)',
    ]);
  });

  test('tells of loopback addresses where HTTP is public, and only there', async () => {
    const loopback = { PARLEY_MEDIA_ADDRESSES: '127.0.0.1,::1' };
    expect((await findings(loopback)).change).toEqual([]);
    expect((await findings({ ...loopback, PARLEY_HTTP_HOST: '0.0.0.0' })).change).toEqual([
      'Only 127.0.0.1, ::1 is advertised, which no other machine reaches: set media.addresses (PARLEY_MEDIA_ADDRESSES) to the address clients reach',
    ]);
  });

  test('tells of a machine without an address', async () => {
    const { change } = await findings({}, { interfaces: {} });
    expect(change).toEqual([
      'No address is advertised: set media.addresses (PARLEY_MEDIA_ADDRESSES) to the one clients reach',
    ]);
  });

  test('resolves the host override', async () => {
    const environment = { PARLEY_MEDIA_HOST_OVERRIDE: 'calls.example.org' };
    expect((await findings(environment)).all).toContain('Clients are told to send media to 192.0.2.9');
    const { change } = await findings(environment, { lookup: () => Promise.reject(new Error('ENOTFOUND')) });
    expect(change).toEqual([
      'The name calls.example.org in media.host_override cannot be resolved: put it into the DNS or change media.host_override (PARLEY_MEDIA_HOST_OVERRIDE)',
    ]);
  });

  test('tells of too few open files and does not guess', async () => {
    expect((await findings({}, { openFiles: 1024 })).change).toEqual([
      'The limit of open files is 1024, and every client needs one: raise it to 4096 or more ("ulimit -n", or LimitNOFILE of systemd)',
    ]);
    expect((await findings({}, { openFiles: undefined })).change).toEqual([]);
  });

  test('tells of a data folder that cannot be written', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect((await findings({ PARLEY_DATA_DIR: file })).change).toEqual([
      expect.stringMatching(/^The data folder .* cannot be written \(EEXIST\)/),
    ]);
  });

  test.each([0, Date.UTC(2107, 0, 1)])('tells of a clock that is wrong: %i', async (wall) => {
    expect((await findings({}, { wall })).change).toEqual([
      expect.stringMatching(/^The clock says .*: set it/),
    ]);
  });
});
