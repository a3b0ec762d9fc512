import { parseRtcp, writeNack, writePli, writeRemb, type ReportBlock, type RtcpPacket } from '@parley/rtp';
import { TxKind } from '@parley/wire';
import { RtcpReports, type ReportsContext, type RtcpProfile } from './rtcp-reports.js';
import type { RtpCounters } from './rtp-metrics.js';
import type { RtpDemuxer } from './rtp-demuxer.js';
import type { SenderGroup } from './sender-group.js';

/** Bytes of one RTCP packet at most. */
const MTU = 1180;
/** Bytes of one round of transport-wide feedback: more than one packet only after a burst, or where arrivals lie far apart. */
const FEEDBACK_ROOM = 4 * MTU;
/** Packets asked for in one NACK: each entry of four bytes names up to 17 of them. */
const NACK_LIMIT = 256;

/** What RTCP needs of its thread. */
export interface RtcpContext extends ReportsContext {
  readonly counted: RtpCounters;
}

/**
 * RTCP of one RTP session: reports, requests for packets and key frames, and transport-wide feedback, each in both
 * directions. A peer that takes no feedback gets reports only.
 */
export class RtcpEndpoint {
  readonly #context: RtcpContext;
  readonly #demuxer: RtpDemuxer;
  readonly #senders: SenderGroup;
  readonly #takesFeedback: boolean;
  readonly #reports: RtcpReports;
  readonly #nacks = new Uint16Array(NACK_LIMIT);

  constructor(context: RtcpContext, profile: RtcpProfile, demuxer: RtpDemuxer, senders: SenderGroup) {
    this.#context = context;
    this.#takesFeedback = profile === 'AVPF';
    this.#demuxer = demuxer;
    this.#senders = senders;
    this.#reports = new RtcpReports(context, profile, demuxer, senders);
  }

  /** A compound packet of the peer. */
  receive(bytes: Uint8Array, now: number): void {
    const { packets, malformed } = parseRtcp(bytes, 0, bytes.length);
    if (malformed) this.#context.counted.rtcpMalformed += 1;
    for (const packet of packets) this.#receivePacket(packet, now);
  }

  /** When `handleTimeout` has something to write; Infinity if nothing is due. */
  get deadline(): number {
    const { estimator, feedback, streams } = this.#demuxer;
    let deadline = Math.min(feedback.deadline, estimator?.deadline ?? Infinity, this.#reports.deadline);
    for (const stream of streams) deadline = Math.min(deadline, stream.deadline);
    return deadline;
  }

  /** Writes into the batch what is due. */
  handleTimeout(wireSession: number, now: number): void {
    this.#writeFeedback(wireSession, now);
    this.#writeRemb(wireSession, now);
    this.#writeRequests(wireSession, now);
    this.#reports.handleTimeout(wireSession, now);
  }

  /** Takes leave of the peer. */
  writeGoodbye(wireSession: number, now: number): void {
    this.#reports.writeGoodbye(wireSession, now);
  }

  #receivePacket(packet: RtcpPacket, now: number): void {
    switch (packet.type) {
      case 'senderReport':
        this.#demuxer.stream(packet.ssrc)?.statistics.receiveSenderReport(packet, now);
        this.#receiveBlocks(packet.reports, now);
        break;
      case 'receiverReport':
        this.#receiveBlocks(packet.reports, now);
        break;
      case 'nack':
        this.#context.counted.nacksReceived += packet.sequences.length;
        this.#resend(packet.mediaSsrc, packet.sequences, now);
        break;
      case 'pli':
        this.#requestKeyFrame(packet.mediaSsrc);
        break;
      case 'transportFeedback':
        this.#senders.receiveFeedback(packet, now);
        break;
      case 'remb':
        this.#senders.receiveRemb(packet.bitrate, now);
        break;
      case 'fir':
        for (const { ssrc } of packet.entries) this.#requestKeyFrame(ssrc);
        break;
      default:
    }
  }

  #resend(ssrc: number, sequences: readonly number[], now: number): void {
    const { batch, counted } = this.#context;
    const sent = this.#senders.get(ssrc)?.observer?.onNack(sequences, batch, now) ?? 0;
    counted.retransmissionsSent += sent;
    counted.retransmissionsRefused += sequences.length - sent;
  }

  #requestKeyFrame(ssrc: number): void {
    this.#context.counted.keyFrameRequestsReceived += 1;
    this.#senders.get(ssrc)?.observer?.onKeyFrameRequest();
  }

  #receiveBlocks(blocks: readonly ReportBlock[], now: number): void {
    for (const block of blocks) {
      const sender = this.#senders.get(block.ssrc);
      if (!sender) continue;
      sender.receiveReport(block, now);
      if (sender.rtt === undefined) continue;
      this.#senders.bandwidth?.setRtt(sender.rtt);
      this.#demuxer.estimator?.setRtt(sender.rtt);
      // The same path: what it takes to this peer and back holds for the streams it sends, too.
      for (const stream of this.#demuxer.streams) {
        stream.nack.setRtt(sender.rtt);
        stream.keyFrames.setRtt(sender.rtt);
      }
    }
  }

  #writeFeedback(wireSession: number, now: number): void {
    const { feedback } = this.#demuxer;
    if (now < feedback.deadline) return;
    const { batch } = this.#context;
    const mediaSsrc = this.#demuxer.streams[0]?.ssrc ?? 0;
    const offset = batch.reserve(FEEDBACK_ROOM);
    const room = batch.scratch.subarray(0, offset + FEEDBACK_ROOM);
    let at = offset;
    for (const size of feedback.write(room, offset, MTU, this.#reports.ssrc, mediaSsrc)) {
      batch.push(TxKind.RTCP, wireSession, at, size);
      at += size;
    }
  }

  /** To a publisher that gets no transport-wide feedback. */
  #writeRemb(wireSession: number, now: number): void {
    const { estimator, streams } = this.#demuxer;
    if (!estimator || now < estimator.deadline) return;
    const { batch } = this.#context;
    const ssrcs = streams.map(({ ssrc }) => ssrc);
    const offset = batch.reserve(MTU);
    const size = writeRemb(batch.scratch, offset, this.#reports.ssrc, estimator.poll(now), ssrcs);
    batch.push(TxKind.RTCP, wireSession, offset, size);
  }

  #writeRequests(wireSession: number, now: number): void {
    const { batch, counted } = this.#context;
    for (const stream of this.#demuxer.streams) {
      stream.handleTimeout(now);
      if (now >= stream.nack.deadline) {
        const count = stream.nack.poll(this.#nacks, now);
        if (count > 0 && this.#takesFeedback) {
          const offset = batch.reserve(MTU);
          const size = writeNack(batch.scratch, offset, this.#reports.ssrc, stream.ssrc, this.#nacks, count);
          batch.push(TxKind.RTCP, wireSession, offset, size);
          counted.nacksSent += count;
        }
      }
      if (stream.keyFrames.poll(now) && this.#takesFeedback) {
        const offset = batch.reserve(MTU);
        batch.push(
          TxKind.RTCP,
          wireSession,
          offset,
          writePli(batch.scratch, offset, this.#reports.ssrc, stream.ssrc),
        );
        counted.keyFrameRequestsSent += 1;
      }
    }
  }
}
