import { fileURLToPath } from 'node:url';
import type { MediaServerKind } from './media-server.js';
import { API_KEY, API_SECRET, freePort, ServerProcess } from './server-process.js';

const COMMAND = fileURLToPath(new URL('../../../apps/server/bin/parley.js', import.meta.url));

/** Parley as `parley up` starts it, but for the ports, and for the limit on joins from one address. */
export const parley: MediaServerKind = {
  name: 'parley',
  title: 'Parley',
  async start(cores) {
    const httpPort = await freePort();
    const mediaPort = await freePort();
    return ServerProcess.start({
      cores,
      httpPort,
      readyPath: '/readyz',
      command: () => ({
        file: process.execPath,
        args: [COMMAND, 'up'],
      }),
      env: {
        // Options for profiling, as in docs/performance.md.
        NODE_OPTIONS: process.env.NODE_OPTIONS ?? '',
        PARLEY_HTTP_PORT: String(httpPort),
        PARLEY_WORKSPACE: 'off',
        PARLEY_MEDIA_PORT: String(mediaPort),
        PARLEY_MEDIA_ADDRESSES: '127.0.0.1',
        PARLEY_API_KEYS: `${API_KEY}: ${API_SECRET}`,
        PARLEY_LIMITS_JOINS_PER_SECOND: '10000',
      },
    });
  },
};
