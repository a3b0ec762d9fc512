import { randomUUID } from 'node:crypto';
import {
  AddTrackRequest,
  SimulcastCodec,
  TrackSource,
  TrackType,
  VideoLayer as SignalledLayer,
  VideoQuality,
} from '@livekit/protocol';
import {
  ExtensionUri,
  type HeaderExtension,
  ntpFromMilliseconds,
  type RtcpPacket,
  type SessionDescription,
  VOICE_ACTIVITY,
  writeSenderReport,
} from '@parley/rtp';
import { OpusStream } from './opus-stream.js';
import type { Participant } from './participant.js';
import { RtpStream } from './rtp-stream.js';
import { sendingAudioSection, sendingVideoSection } from './sections.js';
import { type VideoLayer, Vp8Stream } from './vp8-stream.js';

export interface PublisherOptions {
  participant: Participant;
  /** Monotonic time in milliseconds. */
  now: () => number;
  /** Milliseconds since 1970. */
  wall: () => number;
  random: (bytes: number) => Uint8Array;
}

interface Paced {
  mid: string;
  stream: OpusStream | Vp8Stream;
  nextFrameAt: number;
}

const REPORT_INTERVAL_MS = 1_000;
/** Loud speech, in -dBov. */
const AUDIO_LEVEL = 25;
const QUALITIES = [VideoQuality.LOW, VideoQuality.MEDIUM, VideoQuality.HIGH];

/** What one participant sends: an opus track, a VP8 track of one or more layers, all at a constant rate. */
export class Publisher {
  readonly #options: PublisherOptions;
  #paced: Paced[] = [];
  readonly #transportSequence = new Uint8Array(2);
  #transportWide = 0;
  #nextReportAt = 0;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#nextReportAt = options.now() + REPORT_INTERVAL_MS;
  }

  /** Packets so far, of all streams. */
  get packets(): number {
    return this.#paced.reduce((sum, { stream }) => sum + stream.rtp.packets, 0);
  }

  /** Announces and offers a track; its frames flow as `handleTimeout` is called. Resolves with the mid of its section. */
  async publishAudio(): Promise<string> {
    const { participant } = this.#options;
    const cid = randomUUID();
    await participant.announce(
      new AddTrackRequest({
        cid,
        name: 'microphone',
        type: TrackType.AUDIO,
        source: TrackSource.MICROPHONE,
        disableRed: true,
      }),
    );
    const ssrc = this.#createSsrc();
    const { mid, answer } = await participant.addSection((given) =>
      sendingAudioSection({ mid: given, trackId: cid }, ssrc),
    );
    const rtp = this.#createRtpStream(answer, mid, ssrc, undefined);
    this.#start(mid, new OpusStream(rtp, this.#options.random(128)));
    return mid;
  }

  /** As `publishAudio`, with these layers, smallest first. */
  async publishVideo(layers: readonly VideoLayer[]): Promise<string> {
    const { participant, random } = this.#options;
    const cid = randomUUID();
    await participant.announce(createVideoRequest(cid, layers));
    const single = { ssrc: this.#createSsrc(), rtxSsrc: this.#createSsrc() };
    const rids = layers.flatMap(({ rid }) => rid ?? []);
    const { mid, answer } = await participant.addSection((given) =>
      sendingVideoSection({ mid: given, trackId: cid }, rids.length === 0 ? single : { rids }),
    );
    for (const layer of layers) {
      const ssrc = layer.rid === undefined ? single.ssrc : this.#createSsrc();
      const rtp = this.#createRtpStream(answer, mid, ssrc, layer.rid);
      this.#start(mid, new Vp8Stream(rtp, layer, random(layer.payloadSize)));
    }
    return mid;
  }

  /** Ends the track of that section. */
  async unpublish(mid: string): Promise<void> {
    this.#paced = this.#paced.filter((paced) => paced.mid !== mid);
    await this.#options.participant.removeSection(mid);
  }

  handleTimeout(now: number): void {
    const { connection } = this.#options.participant;
    for (const paced of this.#paced) {
      for (; paced.nextFrameAt <= now; paced.nextFrameAt += 1_000 / paced.stream.framesPerSecond) {
        paced.stream.writeFrame((write) => connection.sendRtp(write));
      }
    }
    if (now >= this.#nextReportAt) {
      this.#nextReportAt = now + REPORT_INTERVAL_MS;
      this.#sendReports();
    }
    connection.flush();
  }

  receiveRtcp(packets: readonly RtcpPacket[]): void {
    for (const packet of packets) {
      if (packet.type === 'pli') this.#requestKeyFrame(packet.mediaSsrc);
      else if (packet.type === 'fir') for (const { ssrc } of packet.entries) this.#requestKeyFrame(ssrc);
    }
  }

  #requestKeyFrame(ssrc: number): void {
    for (const { stream } of this.#paced) {
      if (stream instanceof Vp8Stream && stream.rtp.ssrc === ssrc) stream.requestKeyFrame();
    }
  }

  /** Streams begin at different moments within a frame, as those of people do. */
  #start(mid: string, stream: OpusStream | Vp8Stream): void {
    const phase = this.#options.random(1)[0]! / 256;
    this.#paced.push({
      mid,
      stream,
      nextFrameAt: this.#options.now() + (phase * 1_000) / stream.framesPerSecond,
    });
  }

  #sendReports(): void {
    const ntp = ntpFromMilliseconds(this.#options.wall());
    for (const { stream } of this.#paced) {
      this.#options.participant.connection.sendRtcp((out, offset) =>
        writeSenderReport(out, offset, {
          ssrc: stream.rtp.ssrc,
          ntpSeconds: ntp.seconds,
          ntpFraction: ntp.fraction,
          rtpTimestamp: stream.timestamp,
          packetCount: stream.rtp.packets,
          octetCount: stream.rtp.octets,
          reports: [],
        }),
      );
    }
  }

  #createRtpStream(
    answer: SessionDescription,
    mid: string,
    ssrc: number,
    rid: string | undefined,
  ): RtpStream {
    const section = answer.media.find((candidate) => candidate.mid === mid);
    const codec = section?.codecs[0];
    if (section === undefined || codec === undefined) throw new Error('The server did not accept the track.');
    const text = new TextEncoder();
    const extensions: HeaderExtension[] = [];
    const add = (uri: string, data: Uint8Array) => {
      const id = section.extensions.find((extension) => extension.uri === uri)?.id;
      if (id !== undefined) extensions.push({ id, data });
    };
    add(ExtensionUri.MID, text.encode(mid));
    if (rid !== undefined) add(ExtensionUri.RTP_STREAM_ID, text.encode(rid));
    add(ExtensionUri.TRANSPORT_SEQUENCE, this.#transportSequence);
    if (section.kind === 'audio') add(ExtensionUri.AUDIO_LEVEL, Uint8Array.of(VOICE_ACTIVITY | AUDIO_LEVEL));
    return new RtpStream({
      ssrc,
      payloadType: codec.payloadType,
      extensions,
      onPacket: () => this.#countTransportWide(),
    });
  }

  #countTransportWide(): void {
    this.#transportSequence[0] = this.#transportWide >> 8;
    this.#transportSequence[1] = this.#transportWide & 0xff;
    this.#transportWide = (this.#transportWide + 1) & 0xffff;
  }

  #createSsrc(): number {
    return new DataView(this.#options.random(4).slice().buffer).getUint32(0);
  }
}

function createVideoRequest(cid: string, layers: readonly VideoLayer[]): AddTrackRequest {
  const signalled = layers.map(
    ({ width, height, framesPerSecond, packetsPerFrame, payloadSize, rid }, index) =>
      new SignalledLayer({
        quality: layers.length === 1 ? VideoQuality.HIGH : (QUALITIES[index] ?? VideoQuality.HIGH),
        width,
        height,
        bitrate: 8 * framesPerSecond * packetsPerFrame * payloadSize,
        rid: rid ?? '',
      }),
  );
  const largest = layers.at(-1);
  return new AddTrackRequest({
    cid,
    name: 'camera',
    type: TrackType.VIDEO,
    source: TrackSource.CAMERA,
    width: largest?.width ?? 0,
    height: largest?.height ?? 0,
    layers: signalled,
    simulcastCodecs: [new SimulcastCodec({ codec: 'vp8', cid, layers: signalled })],
  });
}
