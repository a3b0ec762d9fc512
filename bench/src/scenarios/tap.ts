import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TapOrder, TapResult } from '../tap/tap-commands.js';
import type { CodeScenario } from './scenario.js';

const MODULE = fileURLToPath(new URL('../tap/tap-process.js', import.meta.url));
const NANOSECONDS = 1_000;

/** What a tap adds to the packets of a video that is forwarded: in a process of its own, without a server. */
export const tap: CodeScenario = {
  name: 'tap',
  describe: ({ subscribers }) =>
    `1 video (VP8, 10 packets of 1,170 bytes a frame) to ${subscribers} subscribers and a tap, without encryption and sockets`,
  async measure({ subscribers, seconds }) {
    // On all cores: the tap's reader has a thread of its own, as it would in a server.
    const child = spawn(process.execPath, [MODULE], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    try {
      const order: TapOrder = { subscribers, seconds };
      child.send(order);
      const [result] = (await Promise.race([
        once(child, 'message'),
        once(child, 'exit').then(([code]) => {
          throw new Error(`The process that measures ended with code ${String(code)}.`);
        }),
      ])) as [TapResult];
      const added = result.with - result.without;
      return [
        { key: 'tapMicroseconds', label: 'a tap adds to a received packet, µs', value: added },
        {
          key: 'tapNanosecondsPerForwarded',
          label: 'that is, to a forwarded packet, ns',
          value: (added / subscribers) * NANOSECONDS,
        },
        {
          key: 'withoutMicroseconds',
          label: 'a received packet without a tap, µs',
          value: result.without,
        },
        { key: 'lost', label: 'packets that its reader was too slow for', value: result.lost },
      ];
    } finally {
      child.disconnect();
    }
  },
};
