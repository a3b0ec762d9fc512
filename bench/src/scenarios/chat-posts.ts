import { measureEngines } from '../chat/measure-engines.js';
import { percentile } from '../statistics.js';
import type { CodeScenario } from './scenario.js';

const PEOPLE = 40;
/** So many that nobody writes too often in any of them. */
const CHANNELS = 30;
const AT_ONCE = 32;

/** How many messages are taken in a second, each of them safe before it is acknowledged. */
export const chatPosts: CodeScenario = {
  name: 'chat-posts',
  describe: ({ seconds }) =>
    `${PEOPLE} people, who write in ${CHANNELS} channels for ${seconds} s, ${AT_ONCE} at once`,
  measure: ({ seconds }) =>
    measureEngines(async (server, engine) => {
      const owner = await server.setUp();
      const { communities } = await owner.get<{ communities: { id: string }[] }>('start');
      const communityId = communities[0]!.id;
      const channels: string[] = [];
      while (channels.length < CHANNELS) {
        const channel = { name: `channel-${channels.length}`, kind: 'text' };
        channels.push((await owner.post<{ id: string }>(`communities/${communityId}/channels`, channel)).id);
      }
      const members = await server.invite(owner, communityId, PEOPLE);
      const took: number[] = [];
      let turn = 0;
      const begin = performance.now();
      const end = begin + seconds * 1000;
      const write = async (): Promise<void> => {
        while (performance.now() < end) {
          turn += 1;
          const at = performance.now();
          await members[turn % PEOPLE]!.write(channels[Math.floor(turn / PEOPLE) % CHANNELS]!);
          took.push(performance.now() - at);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, write));
      return [
        {
          ...{ key: 'rate', label: 'messages taken in a second' },
          ...{
            value: took.length / ((performance.now() - begin) / 1000),
            least: engine === 'embedded' ? 200 : 1000,
          },
        },
        { key: 'p95', label: 'until one is acknowledged, p95, ms', value: percentile(took, 0.95) },
      ];
    }),
};
