import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../statistics.js';
import type { Figure, ServerScenario } from './scenario.js';

/** Publishers are asked for a key frame every half second or second at most, which is not what is measured. */
const BETWEEN_JOINS_MS = 600;

/** How long it takes from opening the WebSocket until something can be decoded. */
export const firstMedia: ServerScenario = {
  name: 'first-media',
  describe: ({ joins }) =>
    `${joins} join one by one a room where one speaks and is seen (VP8, 250 packets/s)`,
  async run(context) {
    const [publishing, joining] = [context.startLoad(), context.startLoad()];
    await context.join(publishing, 'first-media', [
      {
        identity: 'speaker',
        audio: true,
        video: [{ width: 1_280, height: 720, framesPerSecond: 25, packetsPerFrame: 10, payloadSize: 1_170 }],
        expects: [],
      },
    ]);
    const audio: number[] = [];
    const video: number[] = [];
    for (let join = 0; join < context.sizes.joins; join += 1) {
      const times = await context.join(joining, 'first-media', [
        { identity: `viewer-${join}`, expects: ['audio', 'video'] },
      ]);
      audio.push(...times.audio);
      video.push(...times.video);
      await joining.run('leave', null);
      await pause(BETWEEN_JOINS_MS);
    }
    return [
      ...figures('video', 'first complete key frame', video),
      ...figures('audio', 'first opus packet', audio),
    ];
  },
};

function figures(kind: string, what: string, milliseconds: readonly number[]): Figure[] {
  const aim = { better: 'less', times: 1 } as const;
  return [
    { key: `${kind}MillisecondsP50`, label: `${what}, p50, ms`, value: percentile(milliseconds, 0.5), aim },
    { key: `${kind}MillisecondsP95`, label: `${what}, p95, ms`, value: percentile(milliseconds, 0.95), aim },
  ];
}
