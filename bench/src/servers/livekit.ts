import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MediaServerKind } from './media-server.js';
import { API_KEY, API_SECRET, freePort, ServerProcess } from './server-process.js';

/** livekit-server with its defaults, but for one UDP port, ICE-lite (which makes joining faster), and loopback. */
export function livekit(binary: string, version: string): MediaServerKind {
  return {
    name: 'livekit',
    title: `livekit-server ${version}`,
    async start(cores) {
      const httpPort = await freePort();
      const mediaPort = await freePort();
      return ServerProcess.start({
        cores,
        httpPort,
        readyPath: '/',
        command: (dataDir) => {
          const config = join(dataDir, 'livekit.json');
          writeFileSync(config, JSON.stringify(configuration(httpPort, mediaPort)));
          return { file: binary, args: ['--config', config] };
        },
        env: {},
      });
    },
  };
}

/** JSON, which is YAML too. */
function configuration(httpPort: number, mediaPort: number): object {
  return {
    port: httpPort,
    bind_addresses: ['127.0.0.1'],
    keys: { [API_KEY]: API_SECRET },
    rtc: {
      udp_port: mediaPort,
      tcp_port: 0,
      use_external_ip: false,
      use_ice_lite: true,
      enable_loopback_candidate: true,
      interfaces: { includes: ['lo'] },
    },
    logging: { level: 'warn' },
  };
}
