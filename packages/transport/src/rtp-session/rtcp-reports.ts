import {
  MAX_REPORT_BLOCKS,
  writeGoodbye,
  writeReceiverReport,
  writeSenderReport,
  writeSourceDescription,
  type ReportBlock,
} from '@parley/rtp';
import { TxKind } from '@parley/wire';
import type { RtpDemuxer } from './rtp-demuxer.js';
import type { RtpSender } from './rtp-sender.js';
import type { SendBatch } from './send-batch.js';
import type { SenderGroup } from './sender-group.js';

/**
 * How RTCP is spoken with a peer, named after the profiles of RTP. `AVP` (RFC 3551): compound packets that report, and no
 * feedback. `AVPF` (RFC 4585): lost packets and key frames are asked for at once, in packets of reduced size (RFC 5506).
 */
export type RtcpProfile = 'AVP' | 'AVPF';

/** What reports need of their thread. */
export interface ReportsContext {
  readonly batch: SendBatch;
  readonly random: (bytes: number) => Uint8Array;
}

/** Milliseconds between two reports; a fast one first, since subscribers need it to bring audio and video into step. */
const INTERVAL = { AVPF: 1000, AVP: 5000 };
/** Bytes of one RTCP packet at most. */
const MTU = 1180;

/** The reports of one RTP session: what came of each stream received, and the clock of each stream sent (RFC 3550 section 6.4). */
export class RtcpReports {
  /** Who speaks, where no stream of our own does. */
  readonly ssrc: number;
  readonly #batch: SendBatch;
  readonly #profile: RtcpProfile;
  readonly #demuxer: RtpDemuxer;
  readonly #senders: SenderGroup;
  readonly #cname: string;
  #due = 0;

  constructor(context: ReportsContext, profile: RtcpProfile, demuxer: RtpDemuxer, senders: SenderGroup) {
    this.#batch = context.batch;
    this.#profile = profile;
    this.#demuxer = demuxer;
    this.#senders = senders;
    const random = context.random(12);
    this.ssrc = new DataView(random.slice().buffer).getUint32(0) || 1;
    this.#cname = Buffer.from(random.subarray(4)).toString('base64url');
  }

  /** When the next reports are due; Infinity while there is nothing to report on. */
  get deadline(): number {
    return this.#demuxer.streams.length > 0 || this.#senders.size > 0 ? this.#due : Infinity;
  }

  /** Writes into the batch what is due. */
  handleTimeout(wireSession: number, now: number): void {
    if (now < this.#due) return;
    this.#due = now + INTERVAL[this.#profile];
    if (this.#profile === 'AVP') {
      this.#writeCompound(wireSession, now, []);
      return;
    }
    const blocks = this.#blocks(now);
    for (let at = 0; at < blocks.length; at += MAX_REPORT_BLOCKS) {
      const reports = blocks.slice(at, at + MAX_REPORT_BLOCKS);
      this.#push(wireSession, (out, offset) =>
        writeReceiverReport(out, offset, { ssrc: this.ssrc, reports }),
      );
    }
    for (const sender of this.#senders)
      if (this.#canReport(sender))
        this.#push(wireSession, (out, at) => this.#writeSender(out, at, sender, [], now));
  }

  /** Takes leave of the peer: none of our streams goes on (RFC 3550 section 6.3.7). */
  writeGoodbye(wireSession: number, now: number): void {
    const sent = [...this.#senders].filter(({ reports }) => reports.packets > 0).map(({ ssrc }) => ssrc);
    this.#writeCompound(wireSession, now, sent.length > 0 ? sent : [this.#reporter]);
  }

  /** A peer that expects a single source is to see one: the first of our streams reports, if there is one. */
  get #reporter(): number {
    for (const { ssrc } of this.#senders) return ssrc;
    return this.ssrc;
  }

  /** Each packet begins with a report and has a name; the first tells of what is received, the last says goodbye. */
  #writeCompound(wireSession: number, now: number, leaving: readonly number[]): void {
    const blocks = this.#blocks(now);
    const senders: (RtpSender | undefined)[] = [...this.#senders].filter((sender) => this.#canReport(sender));
    const count = Math.max(senders.length, Math.ceil(blocks.length / MAX_REPORT_BLOCKS), 1);
    for (let index = 0; index < count; index++) {
      const sender = senders[index];
      const reports = blocks.slice(index * MAX_REPORT_BLOCKS, (index + 1) * MAX_REPORT_BLOCKS);
      this.#push(wireSession, (out, offset) => {
        let at = offset;
        if (sender) at += this.#writeSender(out, at, sender, reports, now);
        else {
          at += writeReceiverReport(out, at, { ssrc: this.#reporter, reports });
          at += writeSourceDescription(out, at, this.#reporter, this.#cname);
        }
        if (leaving.length > 0 && index === count - 1) at += writeGoodbye(out, at, leaving);
        return at - offset;
      });
    }
  }

  #blocks(now: number): ReportBlock[] {
    return this.#demuxer.streams.map(({ statistics }) => statistics.reportBlock(now));
  }

  /** A sender report tells the publisher's clock: without one, or before the first packet, there is none. */
  #canReport({ reports, observer }: RtpSender): boolean {
    return reports.packets > 0 && observer?.clock() !== undefined;
  }

  #writeSender(
    out: Uint8Array,
    offset: number,
    sender: RtpSender,
    blocks: ReportBlock[],
    now: number,
  ): number {
    const clock = sender.observer?.clock();
    if (!clock) return 0;
    const report = sender.reports.build(clock.reference, clock.timestampOffset, now);
    const size = writeSenderReport(out, offset, { ...report, reports: blocks });
    return size + writeSourceDescription(out, offset + size, sender.ssrc, this.#cname);
  }

  #push(wireSession: number, write: (out: Uint8Array, offset: number) => number): void {
    const offset = this.#batch.reserve(MTU);
    const size = write(this.#batch.scratch, offset);
    this.#batch.push(TxKind.RTCP, wireSession, offset, size);
  }
}
