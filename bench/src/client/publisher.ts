import { randomUUID } from 'node:crypto';
import { AddTrackRequest, TrackSource, TrackType } from '@livekit/protocol';
import {
  ExtensionUri,
  ntpFromMilliseconds,
  parseRtcp,
  type SessionDescription,
  writeSenderReport,
} from '@parley/rtp';
import { Participant, type ParticipantObserver, type ParticipantOptions } from './participant.js';
import type { PeerConnection } from './peer-connection.js';
import { sendingVideoSection } from './sections.js';
import { Vp8Stream } from './vp8-stream.js';

export interface PublisherOptions extends ParticipantOptions {
  /** Milliseconds since 1970. */
  wall: () => number;
  /** Bytes of each RTP packet before encryption. */
  packetSize: number;
  packetsPerFrame: number;
  framesPerSecond: number;
}

const REPORT_INTERVAL_MS = 1_000;

/** A participant who publishes one synthetic VP8 track at a constant rate. */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #ssrc: number;
  readonly #rtxSsrc: number;
  #participant: Participant | undefined;
  #stream: Vp8Stream | undefined;
  #nextFrameAt = 0;
  #nextReportAt = 0;

  private constructor(options: PublisherOptions) {
    this.#options = options;
    const random = new DataView(options.random(8).slice().buffer);
    this.#ssrc = random.getUint32(0);
    this.#rtxSsrc = random.getUint32(4);
  }

  /** Joins and publishes; frames flow as `handleTimers` is called. `onJoining`: as with `Participant.join`. */
  static async publish(
    options: PublisherOptions,
    onJoining: (participant: Participant) => void,
  ): Promise<Publisher> {
    const publisher = new Publisher(options);
    await publisher.#start(onJoining);
    return publisher;
  }

  handleTimers(now: number): void {
    if (this.#participant === undefined || this.#stream === undefined) return;
    const { connection } = this.#participant;
    for (; this.#nextFrameAt <= now; this.#nextFrameAt += 1_000 / this.#options.framesPerSecond) {
      this.#stream.writeFrame((write) => connection.sendRtp(write));
    }
    if (now >= this.#nextReportAt) {
      this.#nextReportAt = now + REPORT_INTERVAL_MS;
      this.#sendReport(connection, this.#stream);
    }
    connection.flush();
  }

  close(): void {
    this.#participant?.close();
  }

  async #start(onJoining: (participant: Participant) => void): Promise<void> {
    const observer: ParticipantObserver = {
      onAnswer: () => undefined,
      onRtp: () => undefined,
      onRtcp: (packet) => this.#receiveRtcp(packet),
    };
    const participant = await Participant.join(this.#options, observer, onJoining);
    const cid = randomUUID();
    const { width, height } = Vp8Stream.size;
    await participant.announce(
      new AddTrackRequest({
        cid,
        name: 'bench',
        type: TrackType.VIDEO,
        source: TrackSource.CAMERA,
        width,
        height,
      }),
    );
    const { mid, answer } = await participant.addSection((given) =>
      sendingVideoSection({ mid: given, ssrc: this.#ssrc, rtxSsrc: this.#rtxSsrc, trackId: cid }),
    );
    this.#stream = createStream(this.#options, answer, mid, this.#ssrc);
    this.#nextFrameAt = this.#nextReportAt = this.#options.now();
    this.#participant = participant;
  }

  #receiveRtcp(packet: Uint8Array): void {
    for (const { type } of parseRtcp(packet, 0, packet.length).packets) {
      if (type === 'pli' || type === 'fir') this.#stream?.requestKeyFrame();
    }
  }

  #sendReport(connection: PeerConnection, stream: Vp8Stream): void {
    const ntp = ntpFromMilliseconds(this.#options.wall());
    connection.sendRtcp((out, offset) =>
      writeSenderReport(out, offset, {
        ssrc: this.#ssrc,
        ntpSeconds: ntp.seconds,
        ntpFraction: ntp.fraction,
        rtpTimestamp: stream.timestamp,
        packetCount: stream.packets,
        octetCount: stream.octets,
        reports: [],
      }),
    );
  }
}

function createStream(
  options: PublisherOptions,
  answer: SessionDescription,
  mid: string,
  ssrc: number,
): Vp8Stream {
  const section = answer.media.find((candidate) => candidate.mid === mid);
  const codec = section?.codecs[0];
  if (section === undefined || codec === undefined) throw new Error('The server did not accept the track.');
  const extensionId = (uri: string) => section.extensions.find((extension) => extension.uri === uri)?.id;
  const midId = extensionId(ExtensionUri.MID);
  return new Vp8Stream(
    {
      ssrc,
      payloadType: codec.payloadType,
      packetSize: options.packetSize,
      packetsPerFrame: options.packetsPerFrame,
      framesPerSecond: options.framesPerSecond,
      transportSequenceId: extensionId(ExtensionUri.TRANSPORT_SEQUENCE),
      mid: midId === undefined ? undefined : { id: midId, value: mid },
    },
    options.random(options.packetSize),
  );
}
