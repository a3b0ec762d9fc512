import type { ReportBlock } from '@parley/rtp';
import type { BandwidthControl } from '../congestion/bandwidth-control.js';
import type { NegotiatedCodec } from './negotiated-codec.js';
import type { SendBatch } from './send-batch.js';
import { SenderReports, Sequencer, type ClockReference } from '../rtp/index.js';

export interface RtpSenderParameters {
  mid: string;
  kind: 'audio' | 'video';
  /** As negotiated, in the answer's order. */
  codecs: readonly NegotiatedCodec[];
  /** Id of the transport-wide sequence number, where the peer took it and gives feedback. */
  transportSequence?: number;
  /** Id of the dependency descriptor, where the peer took it. */
  dependencyDescriptor?: number;
}

/** Who feeds a sender, and so knows where its packets come from. */
export interface RtpSenderObserver {
  /** The peer misses these packets: sends again what there is of them, and returns how many that were. */
  onNack(sequences: readonly number[], batch: SendBatch, now: number): number;
  /** Packets waited for the pacer, or the observer asked for it: sends those that may go now, and returns whether others wait on. */
  onPace(batch: SendBatch, now: number): boolean;
  /** The peer cannot decode without a key frame. */
  onKeyFrameRequest(): void;
  /** The publisher's clock and what to add to its timestamps; undefined as long as they are unknown. */
  clock(): { reference: ClockReference; timestampOffset: number } | undefined;
}

/** Where a sender's numbers start, and who is told of what becomes of it. */
export interface RtpSenderContext {
  wireSession: number;
  random: (bytes: number) => Uint8Array;
  onTransportSequence: (sender: RtpSender, id: number) => void;
  onClosed: (sender: RtpSender) => void;
}

/** Weight of the newest round-trip time in the average. */
const RTT_SMOOTHING = 1 / 8;

/** One media section in which the peer receives: the identity and the numbering of the stream sent to it. */
export class RtpSender {
  readonly parameters: RtpSenderParameters;
  /** The wire's number of the session; known once the peer's description is there. For `SenderGroup` to change only. */
  wireSession: number;
  readonly ssrc: number;
  /** Of retransmissions; undefined where none of the codecs has RTX. */
  readonly rtxSsrc: number | undefined;
  /** Random start values (RFC 3550 section 5.1). */
  readonly firstSequence: number;
  readonly firstTimestamp: number;
  readonly sequencer = new Sequencer();
  readonly reports: SenderReports;
  /** What the path to the peer carries; undefined where that is not known. For `SenderGroup` to change only. */
  bandwidth: BandwidthControl | undefined;
  /** As in `RtpSenderParameters`; of a sender that was offered before the peer could say so, set when it did. */
  dependencyDescriptor: number | undefined;
  /** Has `onPace` of its observer called at this time, in milliseconds, or soon after. For `SenderGroup` to change only. */
  wake: (at: number) => void = () => undefined;
  /** Set by whoever feeds the sender. */
  observer: RtpSenderObserver | undefined;
  readonly #onTransportSequence: (sender: RtpSender, id: number) => void;
  readonly #onClosed: (sender: RtpSender) => void;
  #codecs: readonly NegotiatedCodec[];
  #paddingPayloadType: number | undefined;
  #rtxSequence: number;
  #rtt: number | undefined;
  #lastReport: ReportBlock | undefined;
  #closed = false;

  /** Made by `RtpSession.createSender`. */
  constructor(parameters: RtpSenderParameters, context: RtpSenderContext) {
    this.parameters = parameters;
    this.#codecs = parameters.codecs;
    this.#paddingPayloadType = firstRtxPayloadType(this.#codecs);
    this.wireSession = context.wireSession;
    this.dependencyDescriptor = parameters.dependencyDescriptor;
    this.#onTransportSequence = context.onTransportSequence;
    this.#onClosed = context.onClosed;
    const random = new DataView(context.random(16).slice().buffer);
    this.ssrc = random.getUint32(0) || 1;
    const hasRtx = parameters.codecs.some((codec) => codec.rtxPayloadType !== undefined);
    this.rtxSsrc = hasRtx ? (this.ssrc ^ (random.getUint32(4) || 1)) >>> 0 : undefined;
    // The lower half, so that the rollover is not reached while the peer may still miss the first packets.
    this.firstSequence = random.getUint16(8) >> 1;
    this.#rtxSequence = random.getUint16(10) >> 1;
    this.firstTimestamp = random.getUint32(12) | 0;
    const clockRate = parameters.codecs[0]?.clockRate ?? 90_000;
    this.reports = new SenderReports({ ssrc: this.ssrc, clockRate });
  }

  get mid(): string {
    return this.parameters.mid;
  }

  get kind(): 'audio' | 'video' {
    return this.parameters.kind;
  }

  /** Milliseconds to the peer and back, smoothed; undefined before its first report. */
  get rtt(): number | undefined {
    return this.#rtt;
  }

  /** What the peer said of this stream last. */
  get lastReport(): Readonly<ReportBlock> | undefined {
    return this.#lastReport;
  }

  codecOf(mimeType: string): NegotiatedCodec | undefined {
    return this.#codecs.find((codec) => codec.mimeType.toLowerCase() === mimeType.toLowerCase());
  }

  /** The peer takes these codecs only, of a sender that was offered before the peer could say so. */
  acceptCodecs(accepted: readonly Pick<NegotiatedCodec, 'mimeType' | 'payloadType'>[]): void {
    this.#codecs = this.parameters.codecs.filter(({ mimeType, payloadType }) =>
      accepted.some((codec) => codec.payloadType === payloadType && codec.mimeType === mimeType),
    );
    this.#paddingPayloadType = firstRtxPayloadType(this.#codecs);
  }

  /** As `RtpSenderParameters.transportSequence`, of a sender that was offered before the peer could say so. */
  acceptTransportSequence(id: number): void {
    this.#onTransportSequence(this, id);
  }

  /** Payload type of padding, which goes out as retransmissions of nothing; undefined without them. */
  get paddingPayloadType(): number | undefined {
    return this.#paddingPayloadType;
  }

  /** The sequence number of the next retransmission. */
  nextRtxSequence(): number {
    const sequence = this.#rtxSequence;
    this.#rtxSequence = (sequence + 1) & 0xffff;
    return sequence;
  }

  /** What the peer says of this stream. */
  receiveReport(block: ReportBlock, now: number): void {
    this.#lastReport = block;
    const rtt = this.reports.roundTripTime(block, now);
    if (rtt === undefined) return;
    this.#rtt = this.#rtt === undefined ? rtt : this.#rtt + (rtt - this.#rtt) * RTT_SMOOTHING;
    this.sequencer.setRtt(this.#rtt);
  }

  /** Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.observer = undefined;
    this.#onClosed(this);
  }
}

function firstRtxPayloadType(codecs: readonly NegotiatedCodec[]): number | undefined {
  return codecs.find(({ rtxPayloadType }) => rtxPayloadType !== undefined)?.rtxPayloadType;
}
