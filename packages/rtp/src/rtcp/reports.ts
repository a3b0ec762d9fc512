import { readUint24, readUint32, writeUint24, writeUint32 } from '../bytes.js';
import { RTCP_HEADER_SIZE, RtcpType, writeRtcpHeader } from './rtcp-header.js';

/** What a receiver tells about one stream (RFC 3550 section 6.4.1). */
export interface ReportBlock {
  /** The stream reported on. */
  ssrc: number;
  /** Packets lost since the last report, in 1/256 of those expected. */
  fractionLost: number;
  /** Packets lost since the start; negative with duplicates, -2²³…2²³-1. */
  cumulativeLost: number;
  /** Wraps of the sequence number (bits 16–31) and the highest number received (0–15). */
  extendedHighestSequence: number;
  /** Interarrival jitter in units of the RTP clock. */
  jitter: number;
  /** Middle 32 bits of the NTP time of the last sender report; 0 before the first. */
  lastSenderReport: number;
  /** Time since that report came, in 1/65536 s. */
  delaySinceLastSenderReport: number;
}

/** A sender report (RFC 3550 section 6.4.1). */
export interface SenderReport {
  type: 'senderReport';
  ssrc: number;
  /** Seconds since 1900. */
  ntpSeconds: number;
  /** Fraction of that second, in 2⁻³² s. */
  ntpFraction: number;
  /** The same moment on the stream's RTP clock. */
  rtpTimestamp: number;
  packetCount: number;
  /** Payload bytes, without headers and padding. */
  octetCount: number;
  reports: ReportBlock[];
}

/** A receiver report (RFC 3550 section 6.4.2). */
export interface ReceiverReport {
  type: 'receiverReport';
  /** The SSRC of the one who reports. */
  ssrc: number;
  reports: ReportBlock[];
}

/** Report blocks that one report can hold: its count has five bits. */
export const MAX_REPORT_BLOCKS = 31;

const SENDER_INFO_SIZE = 20;
const REPORT_BLOCK_SIZE = 24;

export function parseSenderReport(
  buffer: Uint8Array,
  offset: number,
  end: number,
  count: number,
): SenderReport | undefined {
  const blocks = offset + RTCP_HEADER_SIZE + 4 + SENDER_INFO_SIZE;

  if (blocks + count * REPORT_BLOCK_SIZE > end) {
    return undefined;
  }

  return {
    type: 'senderReport',
    ssrc: readUint32(buffer, offset + 4),
    ntpSeconds: readUint32(buffer, offset + 8),
    ntpFraction: readUint32(buffer, offset + 12),
    rtpTimestamp: readUint32(buffer, offset + 16),
    packetCount: readUint32(buffer, offset + 20),
    octetCount: readUint32(buffer, offset + 24),
    reports: parseReportBlocks(buffer, blocks, count),
  };
}

export function parseReceiverReport(
  buffer: Uint8Array,
  offset: number,
  end: number,
  count: number,
): ReceiverReport | undefined {
  const blocks = offset + RTCP_HEADER_SIZE + 4;

  if (blocks + count * REPORT_BLOCK_SIZE > end) {
    return undefined;
  }

  return {
    type: 'receiverReport',
    ssrc: readUint32(buffer, offset + 4),
    reports: parseReportBlocks(buffer, blocks, count),
  };
}

/** Writes a sender report with the first `MAX_REPORT_BLOCKS` of its reports; returns its bytes. */
export function writeSenderReport(
  out: Uint8Array,
  offset: number,
  report: Omit<SenderReport, 'type'>,
): number {
  const blocks = offset + RTCP_HEADER_SIZE + 4 + SENDER_INFO_SIZE;
  const count = Math.min(report.reports.length, MAX_REPORT_BLOCKS);
  const size = blocks - offset + count * REPORT_BLOCK_SIZE;

  writeRtcpHeader(out, offset, count, RtcpType.SENDER_REPORT, size);
  writeUint32(out, offset + 4, report.ssrc);
  writeUint32(out, offset + 8, report.ntpSeconds);
  writeUint32(out, offset + 12, report.ntpFraction);
  writeUint32(out, offset + 16, report.rtpTimestamp);
  writeUint32(out, offset + 20, report.packetCount);
  writeUint32(out, offset + 24, report.octetCount);
  writeReportBlocks(out, blocks, report.reports, count);
  return size;
}

/** Writes a receiver report with the first `MAX_REPORT_BLOCKS` of its reports; returns its bytes. */
export function writeReceiverReport(
  out: Uint8Array,
  offset: number,
  report: Omit<ReceiverReport, 'type'>,
): number {
  const blocks = offset + RTCP_HEADER_SIZE + 4;
  const count = Math.min(report.reports.length, MAX_REPORT_BLOCKS);
  const size = blocks - offset + count * REPORT_BLOCK_SIZE;

  writeRtcpHeader(out, offset, count, RtcpType.RECEIVER_REPORT, size);
  writeUint32(out, offset + 4, report.ssrc);
  writeReportBlocks(out, blocks, report.reports, count);
  return size;
}

function parseReportBlocks(buffer: Uint8Array, offset: number, count: number): ReportBlock[] {
  return Array.from({ length: count }, (_, index) => {
    const at = offset + index * REPORT_BLOCK_SIZE;

    return {
      ssrc: readUint32(buffer, at),
      fractionLost: buffer[at + 4]!,
      cumulativeLost: (readUint24(buffer, at + 5) << 8) >> 8,
      extendedHighestSequence: readUint32(buffer, at + 8),
      jitter: readUint32(buffer, at + 12),
      lastSenderReport: readUint32(buffer, at + 16),
      delaySinceLastSenderReport: readUint32(buffer, at + 20),
    };
  });
}

function writeReportBlocks(
  out: Uint8Array,
  offset: number,
  reports: readonly ReportBlock[],
  count: number,
): void {
  let at = offset;

  for (const report of reports.slice(0, count)) {
    writeUint32(out, at, report.ssrc);
    out[at + 4] = report.fractionLost;
    writeUint24(out, at + 5, report.cumulativeLost);
    writeUint32(out, at + 8, report.extendedHighestSequence);
    writeUint32(out, at + 12, report.jitter);
    writeUint32(out, at + 16, report.lastSenderReport);
    writeUint32(out, at + 20, report.delaySinceLastSenderReport);
    at += REPORT_BLOCK_SIZE;
  }
}
