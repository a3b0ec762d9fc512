import { setTimeout as pause } from 'node:timers/promises';
import { OPUS_PAYLOAD_SIZES } from '../client/opus-stream.js';
import type { Tile } from '../client/participant.js';
import type { VideoLayer } from '../client/vp8-stream.js';
import type { Flow } from '../floor/schedule.js';
import { measureForwarding } from './measure-forwarding.js';
import { participants, type ServerScenario } from './scenario.js';

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
const WARM_UP_MS = 30_000;
/** Of the cost of a packet, against livekit-server's: the load is video for the most part, by bytes. */
const AIM = 2.5;
/** How many times the floor it may cost: the same as for video, of which most of it is. */
const LIMIT = 1.5;

/** Everybody publishes and receives everybody, in different sizes. */
export const meeting: ServerScenario = {
  name: 'meeting',
  describe: () =>
    `${PARTICIPANTS} participants, each with audio and 3 layers of video, receive one another: 1 large, 2 medium, 6 small`,
  floor: { flows, limit: LIMIT },
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

/** What each publishes, to whoever shows it in that size. */
function flows(): Flow[] {
  const everybody = participants(PARTICIPANTS, (index) => index);
  return everybody.flatMap((publisher) => [
    {
      framesPerSecond: AUDIO_PACKETS_PER_SECOND,
      packetsPerFrame: 1,
      payloadSizes: OPUS_PAYLOAD_SIZES,
      receivers: everybody.filter((index) => index !== publisher),
    },
    ...[SMALL, MEDIUM, LARGE].map((layer) => ({
      framesPerSecond: layer.framesPerSecond,
      packetsPerFrame: layer.packetsPerFrame,
      payloadSizes: [layer.payloadSize],
      receivers: everybody.filter(
        (viewer) => SHOWN[(publisher - viewer - 1 + PARTICIPANTS) % PARTICIPANTS] === layer,
      ),
    })),
  ]);
}

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
