import {
  ExtensionUri,
  findExtension,
  MAX_REPORT_BLOCKS,
  readTransportSequence,
  type RtcpPacket,
  type SessionDescription,
  writePli,
  writeReceiverReport,
  writeRemb,
} from '@parley/rtp';
import { ReceiveStatistics, TransportFeedbackRecorder } from '@parley/transport';
import { RX, RX_TWO_BYTE_EXTENSIONS, SLOT_SIZE } from '@parley/wire';
import { Deferred } from '../deferred.js';
import { KeyFrameAssembler } from './key-frame-assembler.js';
import type { PeerConnection } from './peer-connection.js';

export interface ReceiverOptions {
  /** Monotonic time in milliseconds. */
  now: () => number;
  random: (bytes: number) => Uint8Array;
}

interface IncomingStream {
  statistics: ReceiveStatistics;
  /** Of video: waits for a picture that can be decoded. */
  firstFrame: KeyFrameAssembler | undefined;
  /** When a key frame is to be asked for; Infinity before the end of a frame came without one, and once one is there. */
  keyFrameRequestAt: number;
}

const REPORT_INTERVAL_MS = 1_000;
const VIDEO_CLOCK_RATE = 90_000;
const AUDIO_CLOCK_RATE = 48_000;
/** What is told to servers that ask for REMB: loopback has no limit that would be worth estimating. */
const UNLIMITED_BITRATE = 100_000_000;
/** From one request for a key frame to the next, as long as none comes. */
const KEY_FRAME_REQUEST_INTERVAL_MS = 200;
const MAX_FEEDBACK_SIZE = 1_200;
const MICROSECONDS_PER_MILLISECOND = 1_000;

/**
 * What one participant receives: counts it, and answers as browsers do, with receiver reports each second and, as the
 * server negotiated it, transport-wide feedback every 50 ms or REMB.
 */
export class Receiver {
  /** Moments at which the first opus packet, and the last packet of the first complete key frame, came. */
  readonly firstAudio = new Deferred<number>();
  readonly firstVideo = new Deferred<number>();
  readonly #streams = new Map<number, IncomingStream>();
  readonly #feedback = new TransportFeedbackRecorder();
  readonly #reporterSsrc: number;
  #transportSequenceId = 0;
  #rembWanted = false;
  /** A stream that carried a transport-wide number; 0 before the first did. */
  #feedbackSsrc = 0;
  #nextReportAt: number;

  constructor(options: ReceiverOptions) {
    this.#reporterSsrc = new DataView(options.random(4).slice().buffer).getUint32(0);
    this.#nextReportAt = options.now() + REPORT_INTERVAL_MS;
  }

  /** Media packets received, without retransmissions and duplicates. */
  get received(): number {
    return this.#sum(({ received, duplicates }) => received - duplicates);
  }

  /** Packets that the sequence numbers show missing. */
  get lost(): number {
    return this.#sum(({ lost }) => Math.max(0, lost));
  }

  /** Takes note of the streams that an answer announces; retransmissions have streams of their own, which do not count. */
  receiveAnswer(answer: SessionDescription): void {
    for (const { direction, kind, rtxPairs, ssrcs, extensions, codecs } of answer.media) {
      if (direction !== 'sendonly') continue;
      this.#transportSequenceId =
        extensions.find(({ uri }) => uri === ExtensionUri.TRANSPORT_SEQUENCE)?.id ??
        this.#transportSequenceId;
      this.#rembWanted ||= codecs.some(({ feedback }) => feedback.includes('goog-remb'));
      const retransmissions = new Set(rtxPairs.map(([, rtxSsrc]) => rtxSsrc));
      for (const { ssrc } of ssrcs) {
        if (retransmissions.has(ssrc) || this.#streams.has(ssrc)) continue;
        const clockRate = kind === 'audio' ? AUDIO_CLOCK_RATE : VIDEO_CLOCK_RATE;
        this.#streams.set(ssrc, {
          statistics: new ReceiveStatistics({ ssrc, clockRate }),
          firstFrame: kind === 'video' ? new KeyFrameAssembler() : undefined,
          keyFrameRequestAt: Infinity,
        });
      }
    }
  }

  /** Takes the packet that the descriptor at `at` describes. */
  receiveRtp(descriptors: Uint32Array, at: number, pool: Uint8Array, now: number): void {
    const ssrc = descriptors[at + RX.SSRC]!;
    this.#recordTransportSequence(descriptors, at, pool, now, ssrc);
    const payloadLength = descriptors[at + RX.PAYLOAD]! >>> 16;
    if (payloadLength === 0) return;
    const stream = this.#streams.get(ssrc);
    if (stream === undefined) return;
    const sequence = descriptors[at + RX.SEQUENCE]! & 0xffff;
    stream.statistics.receive(sequence, descriptors[at + RX.TIMESTAMP]!, now);
    if (stream.firstFrame === undefined) {
      this.firstAudio.resolve(now);
      return;
    }
    const payload = descriptors[at + RX.SLOT]! * SLOT_SIZE + (descriptors[at + RX.PAYLOAD]! & 0xffff);
    const marker = (descriptors[at + RX.SEQUENCE]! & 0x80_0000) !== 0;
    if (stream.firstFrame.receive(sequence, marker, pool, payload, payloadLength)) {
      stream.keyFrameRequestAt = Infinity;
      this.firstVideo.resolve(now);
    } else if (marker && !stream.firstFrame.complete) {
      stream.keyFrameRequestAt = Math.min(stream.keyFrameRequestAt, now);
    }
  }

  receiveRtcp(packets: readonly RtcpPacket[], now: number): void {
    for (const packet of packets) {
      if (packet.type === 'senderReport') {
        this.#streams.get(packet.ssrc)?.statistics.receiveSenderReport(packet, now);
      }
    }
  }

  handleTimeout(now: number, connection: PeerConnection): void {
    if (now >= this.#feedback.deadline) {
      connection.sendRtcpPackets((out, offset) =>
        this.#feedback.write(out, offset, MAX_FEEDBACK_SIZE, this.#reporterSsrc, this.#feedbackSsrc),
      );
      connection.flush();
    }
    this.#requestKeyFrames(now, connection);
    if (now < this.#nextReportAt) return;
    this.#nextReportAt = now + REPORT_INTERVAL_MS;
    const active = [...this.#streams.values()].filter(({ statistics }) => statistics.received > 0);
    for (let at = 0; at < active.length; at += MAX_REPORT_BLOCKS) {
      const reports = active
        .slice(at, at + MAX_REPORT_BLOCKS)
        .map(({ statistics }) => statistics.reportBlock(now));
      connection.sendRtcp((out, offset) =>
        writeReceiverReport(out, offset, { ssrc: this.#reporterSsrc, reports }),
      );
    }
    if (this.#rembWanted && this.#feedbackSsrc === 0) this.#sendRemb(active, connection);
    connection.flush();
  }

  /** As browsers do that see pictures go by which they cannot decode. */
  #requestKeyFrames(now: number, connection: PeerConnection): void {
    for (const stream of this.#streams.values()) {
      if (now < stream.keyFrameRequestAt) continue;
      stream.keyFrameRequestAt = now + KEY_FRAME_REQUEST_INTERVAL_MS;
      connection.sendRtcp((out, offset) => writePli(out, offset, this.#reporterSsrc, stream.statistics.ssrc));
      connection.flush();
    }
  }

  /** Reports take whole streams, REMB those of video alone. It stands behind a report, as compound packets must. */
  #sendRemb(active: readonly IncomingStream[], connection: PeerConnection): void {
    const ssrcs = active.flatMap(({ statistics, firstFrame }) =>
      firstFrame === undefined ? [] : statistics.ssrc,
    );
    if (ssrcs.length === 0) return;
    connection.sendRtcp((out, offset) => {
      const report = writeReceiverReport(out, offset, { ssrc: this.#reporterSsrc, reports: [] });
      return report + writeRemb(out, offset + report, this.#reporterSsrc, UNLIMITED_BITRATE, ssrcs);
    });
  }

  #recordTransportSequence(
    descriptors: Uint32Array,
    at: number,
    pool: Uint8Array,
    now: number,
    ssrc: number,
  ): void {
    const extension = descriptors[at + RX.EXTENSION]!;
    if (this.#transportSequenceId === 0 || extension === 0) return;
    const twoByte = (descriptors[at + RX.FLAGS]! & RX_TWO_BYTE_EXTENSIONS) !== 0;
    const start = descriptors[at + RX.SLOT]! * SLOT_SIZE + (extension & 0xffff);
    const found = findExtension(pool, start, extension >>> 16, twoByte, this.#transportSequenceId);
    const sequence = found < 0 ? -1 : readTransportSequence(pool, found, twoByte);
    if (sequence < 0) return;
    this.#feedbackSsrc = ssrc;
    this.#feedback.receive(sequence, now * MICROSECONDS_PER_MILLISECOND);
  }

  #sum(of: (statistics: ReceiveStatistics) => number): number {
    let sum = 0;
    for (const { statistics } of this.#streams.values()) sum += of(statistics);
    return sum;
  }
}
