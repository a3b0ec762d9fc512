import { expect, test } from 'vitest';
import { checkOpenFiles, checkSocketBuffers } from '../../src/doctor/limits.js';
import { testConfig } from '../support.js';
import { MACHINE } from './machine.js';

test('tells of too few open files and does not guess', () => {
  const config = testConfig();
  expect(checkOpenFiles({ ...MACHINE, openFiles: 1024 }, config)).toEqual({
    status: 'change',
    text: 'The limit of open files is 1024, and every client needs one, over TCP up to three: raise it to 4096 or more ("ulimit -n", or LimitNOFILE of systemd)',
  });
  expect(checkOpenFiles({ ...MACHINE, openFiles: 4096 }, config).status).toBe('ok');
  expect(checkOpenFiles({ ...MACHINE, openFiles: undefined }, config).status).toBe('ok');
});

test('wants two open files more for each connection of media over TCP', () => {
  const config = testConfig({ PARLEY_MEDIA_TCP: 'on', PARLEY_LIMITS_TCP_CONNECTIONS: '1000' });
  expect(checkOpenFiles({ ...MACHINE, openFiles: 6095 }, config).text).toContain('raise it to 6096 or more');
  expect(checkOpenFiles({ ...MACHINE, openFiles: 6096 }, config).status).toBe('ok');
});

test('notes small socket buffers with the command that makes them larger, and does not guess', () => {
  const socketBuffers = { receive: 212_992, send: 8_388_608 };
  expect(checkSocketBuffers({ ...MACHINE, socketBuffers })).toEqual({
    status: 'note',
    text: 'Socket buffers may have 212992 (receive) and 8388608 (send) bytes, and large calls lose packets when many come at once: run "sysctl -w net.core.rmem_max=8388608", and put it into /etc/sysctl.d to keep it',
  });
  const unknown = { receive: undefined, send: undefined };
  expect(checkSocketBuffers({ ...MACHINE, socketBuffers: unknown }).status).toBe('ok');
});
