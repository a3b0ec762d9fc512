import { measureEngines } from '../chat/measure-engines.js';
import { percentile } from '../statistics.js';
import type { CodeScenario } from './scenario.js';

const CHANNELS = 200;
const TIMES = 50;

/** What a page asks for first, for somebody who is in many channels. */
export const chatStart: CodeScenario = {
  name: 'chat-start',
  describe: () => `the start page of somebody in ${CHANNELS} channels with something new in each`,
  measure: () =>
    measureEngines(async (server) => {
      const owner = await server.setUp();
      const { communities } = await owner.get<{ communities: { id: string }[] }>('start');
      const communityId = communities[0]!.id;
      const [member] = await server.invite(owner, communityId, 1);
      for (let index = 0; index < CHANNELS; index += 1) {
        const channel = { name: `channel-${index}`, kind: 'text' };
        const { id } = await owner.post<{ id: string }>(`communities/${communityId}/channels`, channel);
        await owner.write(id);
      }
      const took: number[] = [];
      for (let index = 0; index < TIMES; index += 1) {
        const at = performance.now();
        await member!.get('start');
        took.push(performance.now() - at);
      }
      return [
        { key: 'p50', label: 'answered, p50, ms', value: percentile(took, 0.5), limit: 50 },
        { key: 'p95', label: 'answered, p95, ms', value: percentile(took, 0.95) },
        { key: 'ready', label: 'a new server was ready, ms', value: server.startedIn, limit: 3000 },
      ];
    }),
};
