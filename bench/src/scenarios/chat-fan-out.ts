import { setTimeout as pause } from 'node:timers/promises';
import { measureEngines } from '../chat/measure-engines.js';
import { percentile } from '../statistics.js';
import type { CodeScenario } from './scenario.js';

/** Each of them with as many pages open as one person may have. */
const SOCKETS_EACH = 20;
const RATE = 20;
/** Milliseconds that the last may take. */
const PATIENCE = 10_000;

/** How long a message takes from its writing until the last who reads has it. */
export const chatFanOut: CodeScenario = {
  name: 'chat-fan-out',
  describe: ({ readers, seconds }) =>
    `${RATE} messages a second for ${seconds} s in one channel, ${readers} connections that read it`,
  measure: ({ readers, seconds }) =>
    measureEngines(async (server) => {
      const owner = await server.setUp();
      const { communities } = await owner.get<Start>('start');
      const community = communities[0]!;
      const channelId = community.channels[0]!.id;
      const members = await server.invite(owner, community.id, Math.ceil(readers / SOCKETS_EACH));
      const missing = new Map<string, number>();
      const took: number[] = [];
      const begun = new Map<string, number>();
      const onFrame = (frame: Buffer): void => {
        const nonce = /"nonce":"(m\d+)"/.exec(frame.toString('latin1'))?.[1];
        const left = nonce === undefined ? undefined : missing.get(nonce);
        if (nonce === undefined || left === undefined) return;
        missing.set(nonce, left - 1);
        if (left > 1) return;
        missing.delete(nonce);
        took.push(performance.now() - begun.get(nonce)!);
      };
      for (let index = 0; index < readers; index += 1) {
        await members[index % members.length]!.listen(onFrame);
      }
      const writing: Promise<void>[] = [];
      const start = performance.now();
      for (let index = 0; index < seconds * RATE; index += 1) {
        await pause(Math.max(0, start + (index * 1000) / RATE - performance.now()));
        const nonce = `m${index}`;
        missing.set(nonce, readers);
        begun.set(nonce, performance.now());
        writing.push(members[index % members.length]!.write(channelId, nonce));
      }
      await Promise.all(writing);
      const end = performance.now() + PATIENCE;
      while (missing.size > 0 && performance.now() < end) await pause(20);
      return [
        { key: 'p50', label: 'until the last has it, p50, ms', value: percentile(took, 0.5) },
        { key: 'p95', label: 'until the last has it, p95, ms', value: percentile(took, 0.95), limit: 100 },
        { key: 'lost', label: 'messages that not everybody got', value: missing.size, limit: 0 },
      ];
    }),
};

/** As much of `GET /api/v1/start` as is looked at. */
interface Start {
  communities: { id: string; channels: { id: string }[] }[];
}
