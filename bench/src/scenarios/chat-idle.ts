import { setTimeout as pause } from 'node:timers/promises';
import { proportionalMemory } from '../accounting.js';
import { ChatServer } from '../chat/chat-server.js';
import { divideCores } from '../pinning.js';
import { slope } from '../statistics.js';
import type { CodeScenario } from './scenario.js';

const SOCKETS_EACH = 20;
const READINGS = 4;
/** Joining makes garbage, which servers collect when they have time. */
const SETTLE_MS = 4_000;
const KILOBYTE = 1_024;

/** What each further connection adds to the memory of the server, as long as nothing happens. */
export const chatIdle: CodeScenario = {
  name: 'chat-idle',
  describe: ({ readers }) => `up to ${readers * 2} connections on which nothing happens`,
  async measure({ readers }) {
    const server = await ChatServer.start('embedded', divideCores());
    try {
      const owner = await server.setUp();
      const { communities } = await owner.get<{ communities: { id: string }[] }>('start');
      const most = readers * 2;
      const members = await server.invite(owner, communities[0]!.id, Math.ceil(most / SOCKETS_EACH));
      const points: [sockets: number, kilobytes: number][] = [];
      for (let open = 0; points.length < READINGS;) {
        for (const end = open + Math.ceil(most / READINGS); open < end; open += 1) {
          await members[open % members.length]!.listen();
        }
        await pause(SETTLE_MS);
        points.push([open, proportionalMemory(server.pid) / KILOBYTE]);
      }
      return [
        { key: 'kilobytes', label: 'memory of one more connection, KB', value: slope(points), limit: 25 },
      ];
    } finally {
      await server.stop();
    }
  },
};
