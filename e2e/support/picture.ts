import {
  LocalVideoTrack,
  type LocalTrackPublication,
  type Room,
  type Track,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoCodec,
  VideoFrame,
  VideoSource,
  VideoStream,
} from '@livekit/rtc-node';
import { afterEach } from 'vitest';
import { me } from './participants.js';

export interface PictureOptions {
  width?: number;
  height?: number;
  codec?: VideoCodec;
  simulcast?: boolean;
}

/** What a frame of the test picture shows, as it was read from its pixels. */
export interface SeenPicture {
  width: number;
  height: number;
  /** Colour names of the quarters: top left, top right, bottom left. */
  quarters: [string, string, string];
  /** Where the white bar of the fourth quarter stands, 0 (left) to 1 (right); undefined where there is none. */
  bar: number | undefined;
}

type Rgb = readonly [red: number, green: number, blue: number];

const FRAMES_PER_SECOND = 20;
const BAR_PERIOD_FRAMES = 40;
const BAR_SHARE = 0.25;
const COLOURS: Readonly<Record<string, Rgb>> = {
  red: [220, 30, 30],
  green: [30, 180, 30],
  blue: [30, 30, 220],
  black: [0, 0, 0],
  white: [255, 255, 255],
};

/** A camera that sees three coloured quarters, and in the fourth a white bar that moves over black. */
export class Picture {
  readonly track: LocalVideoTrack;
  readonly name = 'picture';
  readonly #source: VideoSource;
  readonly #options: Required<PictureOptions>;
  readonly #timer: NodeJS.Timeout;
  /** Drawn once: what draws keeps the test's other clients and links waiting. */
  readonly #drawn: VideoFrame[] = [];
  #frame = 0;

  constructor(options: PictureOptions = {}) {
    this.#options = { width: 320, height: 240, codec: VideoCodec.VP8, simulcast: false, ...options };
    this.#source = new VideoSource(this.#options.width, this.#options.height);
    this.track = LocalVideoTrack.createVideoTrack(this.name, this.#source);
    this.#timer = setInterval(() => this.#capture(), 1_000 / FRAMES_PER_SECOND);
  }

  publish(room: Room): Promise<LocalTrackPublication> {
    return me(room).publishTrack(
      this.track,
      new TrackPublishOptions({
        source: TrackSource.SOURCE_CAMERA,
        videoCodec: this.#options.codec,
        simulcast: this.#options.simulcast,
      }),
    );
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.track.close();
  }

  #capture(): void {
    const step = this.#frame % BAR_PERIOD_FRAMES;
    this.#frame += 1;
    this.#drawn[step] ??= draw(this.#options, step / BAR_PERIOD_FRAMES);
    this.#source.captureFrame(this.#drawn[step]);
  }
}

/** Makes pictures that end with the test. */
export function usePictures(): (options?: PictureOptions) => Picture {
  const pictures: Picture[] = [];
  afterEach(async () => {
    await Promise.all(pictures.splice(0).map((picture) => picture.stop()));
  });
  return (options) => {
    const picture = new Picture(options);
    pictures.push(picture);
    return picture;
  };
}

/** Looks at a track until `count` frames came, and tells what they showed. */
export async function watch(track: Track, count: number): Promise<SeenPicture[]> {
  const seen: SeenPicture[] = [];
  const reader = new VideoStream(track).getReader();
  try {
    while (seen.length < count) {
      const { done, value } = await reader.read();
      if (done) throw new Error('The track ended while it was being watched.');
      seen.push(look(value.frame.convert(VideoBufferType.RGBA)));
    }
  } finally {
    await reader.cancel();
  }
  return seen;
}

/** @param position Of the bar, 0 (left) to 1 (right). */
function draw({ width, height }: Required<PictureOptions>, position: number): VideoFrame {
  const data = new Uint8Array(width * height * 4);
  const barFrom = width / 2 + position * (1 - BAR_SHARE) * (width / 2);
  const barTo = barFrom + (BAR_SHARE * width) / 2;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = COLOURS[colourAt(x / width, y / height, x >= barFrom && x < barTo)]!;
      data.set(colour, (y * width + x) * 4);
      data[(y * width + x) * 4 + 3] = 255;
    }
  }
  return new VideoFrame(data, width, height, VideoBufferType.RGBA);
}

function colourAt(x: number, y: number, bar: boolean): string {
  if (y < 0.5) return x < 0.5 ? 'red' : 'green';
  if (x < 0.5) return 'blue';
  return bar ? 'white' : 'black';
}

function look({ data, width, height }: VideoFrame): SeenPicture {
  const colour = (x: number, y: number): string => {
    const offset = (Math.floor(y * height) * width + Math.floor(x * width)) * 4;
    return nearestColour([data[offset]!, data[offset + 1]!, data[offset + 2]!]);
  };
  const white: number[] = [];
  for (let x = 0.505; x < 1; x += 0.01) if (colour(x, 0.75) === 'white') white.push((x - 0.5) * 2);
  return {
    width,
    height,
    quarters: [colour(0.25, 0.25), colour(0.75, 0.25), colour(0.25, 0.75)],
    bar: white.length === 0 ? undefined : white.reduce((sum, x) => sum + x, 0) / white.length,
  };
}

function nearestColour(pixel: Rgb): string {
  let nearest = '';
  let smallest = Infinity;
  for (const [name, colour] of Object.entries(COLOURS)) {
    const distance = colour.reduce((sum, part, i) => sum + (part - pixel[i]!) ** 2, 0);
    if (distance < smallest) {
      smallest = distance;
      nearest = name;
    }
  }
  return nearest;
}
