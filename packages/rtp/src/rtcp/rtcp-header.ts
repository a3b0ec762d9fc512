import { writeUint16 } from '../bytes.js';

/** RTCP packet types (RFC 3550 section 12.1, RFC 4585 section 6.1). Others (APP, XR, …) are skipped. */
export const RtcpType = {
  SENDER_REPORT: 200,
  RECEIVER_REPORT: 201,
  SOURCE_DESCRIPTION: 202,
  GOODBYE: 203,
  TRANSPORT_FEEDBACK: 205,
  PAYLOAD_FEEDBACK: 206,
} as const;

/** Feedback message types: `count` of the header of a feedback packet. */
export const FeedbackFormat = {
  /** Transport feedback: generic NACK (RFC 4585 section 6.2.1). */
  NACK: 1,
  /** Transport feedback: transport-wide arrival times (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
  TRANSPORT_WIDE: 15,
  /** Payload feedback: picture loss indication (RFC 4585 section 6.3.1). */
  PLI: 1,
  /** Payload feedback: full intra request (RFC 5104 section 4.3.1). */
  FIR: 4,
  /** Payload feedback: application layer message, used for REMB (draft-alvestrand-rmcat-remb-03). */
  APPLICATION: 15,
} as const;

/** Bytes of the header that every RTCP packet has. */
export const RTCP_HEADER_SIZE = 4;

/** Bytes of a feedback packet before its FCI: header, sender's SSRC, media SSRC. */
export const FEEDBACK_HEADER_SIZE = 12;

/**
 * Writes the header of an RTCP packet.
 *
 * @param count The five bits that follow the version: a number of blocks, or a feedback message type.
 * @param size Bytes of the whole packet, a multiple of four.
 */
export function writeRtcpHeader(
  out: Uint8Array,
  offset: number,
  count: number,
  packetType: number,
  size: number,
): void {
  out[offset] = 0x80 | count;
  out[offset + 1] = packetType;
  writeUint16(out, offset + 2, size / 4 - 1);
}
