import { cpuMicroseconds, cpuSince } from '../accounting.js';
import { participants, type ServerScenario } from './scenario.js';

const CONCURRENCY = 20;
const WARM_UP_JOINS = 20;

/** How fast people get in: one after the other, and many at once. */
export const joins: ServerScenario = {
  name: 'joins',
  describe: ({ joins: count }) =>
    `${count} join a room with one speaker, one by one, then ${count} others, ${CONCURRENCY} at a time; each until it hears`,
  async run(context) {
    const { server, sizes } = context;
    const [speaking, joining] = [context.startLoad(), context.startLoad()];
    await context.join(speaking, 'joins', [{ identity: 'speaker', audio: true, expects: [] }]);
    const join = async (count: number, concurrency: number) => {
      const listeners = participants(count, (index) => ({
        identity: `listener-${index}`,
        expects: ['audio' as const],
      }));
      const before = cpuMicroseconds(server.pid);
      const start = performance.now();
      await context.join(joining, 'joins', listeners, concurrency);
      const seconds = (performance.now() - start) / 1_000;
      const cpuMilliseconds = cpuSince(server.pid, before) / 1_000;
      await joining.run('leave', null);
      return { perSecond: count / seconds, cpuMilliseconds: cpuMilliseconds / count };
    };
    await join(WARM_UP_JOINS, 1);
    const oneByOne = await join(sizes.joins, 1);
    const parallel = await join(sizes.joins, CONCURRENCY);
    return [
      {
        key: 'joinsPerSecondOneByOne',
        label: 'joins per second, one by one',
        value: oneByOne.perSecond,
        aim: { better: 'more', times: 1 },
      },
      {
        key: 'joinsPerSecondParallel',
        label: `joins per second, ${CONCURRENCY} at a time`,
        value: parallel.perSecond,
        aim: { better: 'more', times: 3 },
      },
      {
        key: 'cpuMillisecondsPerJoin',
        label: 'CPU of the server per join, ms',
        value: oneByOne.cpuMilliseconds,
      },
    ];
  },
};
