import { createRedPayload, isSameMimeType, MimeType, parseRedPayload } from '@parley/rtp';
import type { NegotiatedCodec, RtpSender } from '@parley/transport';
import { SLOT_SIZE } from '@parley/wire';

/** What `strip` answers for a payload that is malformed, or empty. */
export const RED_MALFORMED = -1;

/** Payloads are parsed into this, one packet at a time. */
const parsed = createRedPayload();

/**
 * Makes plain opus of RED (RFC 2198) for one subscriber: points at the block of the packet itself, past those that repeat
 * earlier ones. Nothing is copied.
 */
export class RedStripper {
  /** Of RED, as the publisher numbers it. */
  readonly payloadType: number;

  constructor(payloadType: number) {
    this.payloadType = payloadType;
  }

  /**
   * The stripper that a source's packets need on their way to a subscriber; undefined where the subscriber takes them as
   * they are. RED names the payload types of its blocks: a subscriber must have the publisher's for opus.
   */
  static between(codecs: readonly NegotiatedCodec[], sender: RtpSender): RedStripper | undefined {
    const of = (mimeType: string): NegotiatedCodec | undefined =>
      codecs.find((codec) => isSameMimeType(codec.mimeType, mimeType));
    const red = of(MimeType.RED);
    if (!red) return undefined;
    const opus = of(MimeType.OPUS)?.payloadType;
    const isTaken =
      sender.codecOf(MimeType.RED) !== undefined && sender.codecOf(MimeType.OPUS)?.payloadType === opus;
    return isTaken ? undefined : new RedStripper(red.payloadType);
  }

  /**
   * @param payloadType Of the packet: another than RED's is left as it is.
   * @param payload Offset in the slot, and length in the upper half, as in a received descriptor.
   * @returns The same of what is to be sent, or `RED_MALFORMED`.
   */
  strip(payloadType: number, payload: number, pool: Uint8Array, slot: number): number {
    if (payloadType !== this.payloadType) return payload;
    const start = slot * SLOT_SIZE;
    if (!parseRedPayload(pool, start + (payload & 0xffff), payload >>> 16, parsed)) return RED_MALFORMED;
    const own = parsed.count - 1;
    const length = parsed.lengths[own]!;
    return length === 0 ? RED_MALFORMED : (parsed.offsets[own]! - start + length * 0x1_0000) >>> 0;
  }
}
