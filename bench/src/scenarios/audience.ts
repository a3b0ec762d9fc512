import { setTimeout as pause } from 'node:timers/promises';
import { OPUS_PAYLOAD_SIZES } from '../client/opus-stream.js';
import type { JoiningParticipant } from '../load/load-commands.js';
import { measureForwarding } from './measure-forwarding.js';
import { participants, type ServerScenario } from './scenario.js';

interface Audience {
  name: string;
  /** The load, up to whom it goes. */
  load: string;
  /** Those who are heard or seen by all, and what each of them publishes. */
  speakers: number;
  publishes: Pick<JoiningParticipant, 'audio' | 'video'>;
  expects: 'audio' | 'video';
  aim: number;
  /** One frame of a speaker: how many packets, and their payloads' bytes. */
  frames: { perSecond: number; packets: number; payloadSizes: readonly number[] };
  /** How many times the floor it may cost. */
  limit: number;
}

/** By then code is compiled, which goes on for long where little of it runs, and estimates of bandwidth have grown. */
const WARM_UP_MS = 30_000;
/** So many wait for one key frame together. */
const JOIN_CONCURRENCY = 25;

/** One video track to all subscribers. */
export const video = audience({
  name: 'video',
  load: '1 video (VP8, 250 packets/s of 1,170 bytes)',
  speakers: 1,
  publishes: {
    video: [{ width: 1_280, height: 720, framesPerSecond: 25, packetsPerFrame: 10, payloadSize: 1_170 }],
  },
  expects: 'video',
  aim: 5,
  frames: { perSecond: 25, packets: 10, payloadSizes: [1_170] },
  limit: 1.5,
});

/** Ten people speak at once. */
export const audio = audience({
  name: 'audio',
  load: '10 speakers (opus, 50 packets/s of 60 to 102 bytes each)',
  speakers: 10,
  publishes: { audio: true },
  expects: 'audio',
  aim: 2,
  frames: { perSecond: 50, packets: 1, payloadSizes: OPUS_PAYLOAD_SIZES },
  limit: 1.3,
});

/** Some publish, to one another and to many who only receive. */
function audience(options: Audience): ServerScenario {
  const { name, load, speakers, publishes, expects, aim, frames, limit } = options;
  return {
    name,
    floor: {
      limit,
      // Everybody but the speaker, who are the first.
      flows: ({ subscribers }) =>
        participants(speakers, (speaker) => ({
          framesPerSecond: frames.perSecond,
          packetsPerFrame: frames.packets,
          payloadSizes: frames.payloadSizes,
          receivers: participants(speakers + subscribers, (index) => index).filter(
            (index) => index !== speaker,
          ),
        })),
    },
    describe: ({ subscribers }) => `${load} to ${subscribers} subscribers`,
    async run(context) {
      const { subscribers } = context.sizes;
      const [publishing, receiving] = [context.startLoad(), context.startLoad()];
      await context.join(
        publishing,
        name,
        participants(speakers, (index) => ({ identity: `speaker-${index}`, ...publishes, expects: [] })),
      );
      await context.join(
        receiving,
        name,
        participants(subscribers, (index) => ({ identity: `subscriber-${index}`, expects: [expects] })),
        JOIN_CONCURRENCY,
      );
      await pause(WARM_UP_MS);
      const others = speakers - 1;
      return measureForwarding(context, { expected: (sent) => sent * (subscribers + others), aim });
    },
  };
}
