import { createCounters } from '@parley/core';
import { rtxMetrics, type RtxCounters } from './rtx-metrics.js';

export interface RtxReceiverOptions {
  /** The stream whose packets are sent again. */
  readonly ssrc: number;
  /** The retransmission stream. */
  readonly rtxSsrc: number;
  /** Payload types of retransmissions, and of the packets in them. */
  readonly payloadTypes: ReadonlyMap<number, number>;
  /** What is counted together with other streams. Default counters of its own. */
  readonly counters?: RtxCounters;
}

/** Bytes of the original sequence number before the payload. */
const OSN_SIZE = 2;

/**
 * Makes original packets of received retransmissions (RFC 4588 section 4).
 *
 * Only the words of the received descriptor change; the packet stays where it is. The result of `restore` lies in the
 * fields, so that a packet costs no allocation.
 */
export class RtxReceiver {
  readonly ssrc: number;
  readonly rtxSsrc: number;
  /** Sequence number, payload type and marker of the packet restored last, as in `RX.SEQUENCE`. */
  sequenceWord = 0;
  /** Offset and length of its payload, as in `RX.PAYLOAD`. */
  payloadWord = 0;
  readonly counters: Readonly<RtxCounters>;
  readonly #counters: RtxCounters;
  readonly #payloadTypes: ReadonlyMap<number, number>;

  constructor(options: RtxReceiverOptions) {
    this.ssrc = options.ssrc;
    this.rtxSsrc = options.rtxSsrc;
    this.#payloadTypes = options.payloadTypes;
    this.counters = this.#counters = options.counters ?? createCounters(rtxMetrics);
  }

  /**
   * Takes a packet of the retransmission stream.
   *
   * @param pool Where its bytes lie, and `slotOffset` where they begin.
   * @param sequenceWord As in `RX.SEQUENCE`.
   * @param payloadWord As in `RX.PAYLOAD`.
   * @returns whether there is an original packet in it: `sequenceWord` and `payloadWord` tell it.
   */
  restore(pool: Uint8Array, slotOffset: number, sequenceWord: number, payloadWord: number): boolean {
    const length = payloadWord >>> 16;
    const offset = payloadWord & 0xffff;
    if (length <= OSN_SIZE) {
      this.#counters.padding += 1;
      return false;
    }
    const payloadType = this.#payloadTypes.get((sequenceWord >>> 16) & 0x7f);
    if (payloadType === undefined) {
      this.#counters.unknownPayloadType += 1;
      return false;
    }
    const at = slotOffset + offset;
    const marker = sequenceWord & 0x80_0000;
    this.sequenceWord = marker | (payloadType << 16) | (pool[at]! << 8) | pool[at + 1]!;
    this.payloadWord = (((length - OSN_SIZE) << 16) | (offset + OSN_SIZE)) >>> 0;
    this.#counters.restored += 1;
    return true;
  }
}
