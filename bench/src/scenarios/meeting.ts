import { setTimeout as pause } from 'node:timers/promises';
import type { Tile } from '../client/participant.js';
import type { VideoLayer } from '../client/vp8-stream.js';
import { measureForwarding } from './measure-forwarding.js';
import { participants, type Scenario } from './scenario.js';

const PARTICIPANTS = 10;
const AUDIO_PACKETS_PER_SECOND = 50;
/** What LiveKit's SDKs send of a camera with 720 lines: 160 kbit/s, 450 kbit/s and 1.7 Mbit/s. */
const SMALL: VideoLayer = {
  rid: 'q',
  width: 320,
  height: 180,
  framesPerSecond: 20,
  packetsPerFrame: 1,
  payloadSize: 1_000,
};
const MEDIUM: VideoLayer = {
  rid: 'h',
  width: 640,
  height: 360,
  framesPerSecond: 20,
  packetsPerFrame: 3,
  payloadSize: 937,
};
const LARGE: VideoLayer = {
  rid: 'f',
  width: 1_280,
  height: 720,
  framesPerSecond: 30,
  packetsPerFrame: 6,
  payloadSize: 1_180,
};
/** Everybody shows the next one large, the two behind that one in medium size, the others small. */
const SHOWN = [LARGE, MEDIUM, MEDIUM, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL];
/** Layers are switched at key frames, and estimates of bandwidth take their time to grow. */
const WARM_UP_MS = 10_000;
/** Of the cost of a packet, against livekit-server's: the load is video for the most part, by bytes. */
const AIM = 3;

/** Everybody publishes and receives everybody, in different sizes. */
export const meeting: Scenario = {
  name: 'meeting',
  describe: () =>
    `${PARTICIPANTS} participants, each with audio and 3 layers of video, receive one another: 1 large, 2 medium, 6 small`,
  async run(context) {
    const load = context.startLoad();
    await context.join(
      load,
      'meeting',
      participants(PARTICIPANTS, (index) => ({
        identity: identityOf(index),
        audio: true,
        video: [SMALL, MEDIUM, LARGE],
        expects: [],
      })),
    );
    await load.run(
      'show',
      Object.fromEntries(participants(PARTICIPANTS, (index) => [identityOf(index), tilesOf(index)])),
    );
    await pause(WARM_UP_MS);
    const perReceiver = SHOWN.reduce(
      (sum, { framesPerSecond, packetsPerFrame }) =>
        sum + framesPerSecond * packetsPerFrame + AUDIO_PACKETS_PER_SECOND,
      0,
    );
    return measureForwarding(context, {
      expected: () => PARTICIPANTS * perReceiver,
      aim: AIM,
    });
  },
};

function identityOf(index: number): string {
  return `participant-${index % PARTICIPANTS}`;
}

function tilesOf(viewer: number): Tile[] {
  return SHOWN.map(({ width, height }, index) => ({
    identity: identityOf(viewer + 1 + index),
    width,
    height,
  }));
}
