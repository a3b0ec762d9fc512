import { readUint16 } from '../bytes.js';
import { parseGoodbye, type Goodbye } from './goodbye.js';
import {
  parseFir,
  parsePli,
  type FullIntraRequest,
  type PictureLossIndication,
} from './key-frame-request.js';
import { parseNack, type Nack } from './nack.js';
import { isRemb, parseRemb, type Remb } from './remb.js';
import { parseReceiverReport, parseSenderReport, type ReceiverReport, type SenderReport } from './reports.js';
import { FeedbackFormat, RTCP_HEADER_SIZE, RtcpType } from './rtcp-header.js';
import { parseSourceDescription, type SourceDescription } from './source-description.js';
import { parseTransportFeedback, type TransportFeedback } from './transport-feedback.js';

/** An RTCP packet of a kind that Parley knows; told apart by `type`. */
export type RtcpPacket =
  | SenderReport
  | ReceiverReport
  | SourceDescription
  | Goodbye
  | Nack
  | TransportFeedback
  | PictureLossIndication
  | FullIntraRequest
  | Remb;

/** What a datagram of RTCP holds. */
export interface RtcpCompound {
  /** Packets in their order; those of unknown kinds are left out. */
  packets: RtcpPacket[];
  /** Something was malformed: `packets` holds what came before it. */
  malformed: boolean;
}

/** What is known of a packet's kind: its content, that it is of no interest, or that it is malformed. */
type Parsed = RtcpPacket | 'skipped' | undefined;

/**
 * Parses a compound or reduced-size RTCP packet (RFC 3550 section 6.1, RFC 5506), decrypted. Never throws.
 *
 * @param length Bytes from `offset` on that belong to it.
 */
export function parseRtcp(buffer: Uint8Array, offset: number, length: number): RtcpCompound {
  const packets: RtcpPacket[] = [];
  const end = offset + length;
  let at = offset;

  if (length <= 0 || end > buffer.length) {
    return { packets, malformed: true };
  }

  while (at < end) {
    if (at + RTCP_HEADER_SIZE > end || buffer[at]! >>> 6 !== 2) {
      return { packets, malformed: true };
    }

    const next = at + 4 * (readUint16(buffer, at + 2) + 1);
    const padding = next <= end && buffer[at]! & 0x20 ? buffer[next - 1]! : 0;

    if (next > end || next - padding < at + RTCP_HEADER_SIZE) {
      return { packets, malformed: true };
    }

    const packet = parsePacket(buffer, at, next - padding);

    if (packet === undefined) {
      return { packets, malformed: true };
    }
    if (packet !== 'skipped') {
      packets.push(packet);
    }

    at = next;
  }

  return { packets, malformed: false };
}

function parsePacket(buffer: Uint8Array, offset: number, end: number): Parsed {
  const count = buffer[offset]! & 0x1f;

  switch (buffer[offset + 1]) {
    case RtcpType.SENDER_REPORT:
      return parseSenderReport(buffer, offset, end, count);
    case RtcpType.RECEIVER_REPORT:
      return parseReceiverReport(buffer, offset, end, count);
    case RtcpType.SOURCE_DESCRIPTION:
      return parseSourceDescription(buffer, offset, end, count);
    case RtcpType.GOODBYE:
      return parseGoodbye(buffer, offset, end, count);
    case RtcpType.TRANSPORT_FEEDBACK:
      return parseTransportLayerFeedback(buffer, offset, end, count);
    case RtcpType.PAYLOAD_FEEDBACK:
      return parsePayloadFeedback(buffer, offset, end, count);
    default:
      return 'skipped';
  }
}

function parseTransportLayerFeedback(
  buffer: Uint8Array,
  offset: number,
  end: number,
  format: number,
): Parsed {
  switch (format) {
    case FeedbackFormat.NACK:
      return parseNack(buffer, offset, end);
    case FeedbackFormat.TRANSPORT_WIDE:
      return parseTransportFeedback(buffer, offset, end);
    default:
      return 'skipped';
  }
}

function parsePayloadFeedback(buffer: Uint8Array, offset: number, end: number, format: number): Parsed {
  switch (format) {
    case FeedbackFormat.PLI:
      return parsePli(buffer, offset, end);
    case FeedbackFormat.FIR:
      return parseFir(buffer, offset, end);
    case FeedbackFormat.APPLICATION:
      return isRemb(buffer, offset, end) ? parseRemb(buffer, offset, end) : 'skipped';
    default:
      return 'skipped';
  }
}
