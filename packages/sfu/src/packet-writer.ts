import { MimeType } from '@parley/rtp';
import { STAMP_SIZE, type NegotiatedCodec, type RtpSender, type SendBatch } from '@parley/transport';
import { TX, TX_TWO_BYTE_EXTENSIONS, TxKind } from '@parley/wire';
import type { SvcSelector } from './layers/svc-selector.js';
import type { SourcePacket } from './source-packet.js';

/** Bytes kept for what stands before the payload: a VP8 descriptor. */
const PREFIX_ROOM = 8;
/** Bytes of all header extension elements: as many as a send descriptor can name. */
const ELEMENTS_ROOM = 255;
/** What one element of the one-byte form has room for, and its greatest id (RFC 8285 section 4.2). */
const MAX_ONE_BYTE_SIZE = 16;
const MAX_ONE_BYTE_ID = 14;

/** In a sequence word. */
const MARKER = 0x80_0000;

/** No payload type. */
const NONE = 0xff;

/** Writes the send descriptors of one subscriber's packets, with its payload types, timestamps and header extensions. */
export class PacketWriter {
  /** Timestamps of the source less those of the subscriber. */
  timestampOffset = 0;
  readonly #sender: RtpSender;
  /** Payload type toward the subscriber, by payload type of the source; `NONE` where the subscriber lacks the codec. */
  readonly #payloadTypes = new Uint8Array(128).fill(NONE);
  readonly #rtxPayloadTypes = new Uint8Array(128).fill(NONE);

  constructor(sender: RtpSender) {
    this.#sender = sender;
  }

  /**
   * The source has another codec, or other payload types.
   *
   * @param stripped The one of RED where only the opus in it is sent.
   */
  setCodecs(codecs: readonly NegotiatedCodec[], stripped: number | undefined): void {
    this.#payloadTypes.fill(NONE);
    this.#rtxPayloadTypes.fill(NONE);
    for (const codec of codecs) {
      const own = this.#sender.codecOf(codec.payloadType === stripped ? MimeType.OPUS : codec.mimeType);
      if (!own) continue;
      this.#payloadTypes[codec.payloadType] = own.payloadType;
      if (own.rtxPayloadType !== undefined) this.#rtxPayloadTypes[codec.payloadType] = own.rtxPayloadType;
    }
  }

  /** Whether the subscriber has the packet's codec. */
  hasCodec(packet: SourcePacket): boolean {
    return this.#payloadTypes[packet.payloadType] !== NONE;
  }

  /** Whether it can be sent again as a retransmission (RFC 4588). */
  hasRtx(packet: SourcePacket): boolean {
    return this.#sender.rtxSsrc !== undefined && this.#rtxPayloadTypes[packet.payloadType] !== NONE;
  }

  /** Makes room for all that one packet refers to; returns where its prefix goes. `write` that packet next. */
  reserve(batch: SendBatch): number {
    // One reservation, as another could send what is written so far.
    return batch.reserve(PREFIX_ROOM + ELEMENTS_ROOM);
  }

  /**
   * Writes a packet's descriptor.
   *
   * @param kind `TxKind.RTP` or `TxKind.RTX`.
   * @param outgoing Its sequence number toward the subscriber.
   * @param isMarked Whether to set the marker bit, beyond what the source did.
   * @param room What `reserve` returned.
   * @param prefixSize Bytes written there, to go before the payload.
   * @param svc Knows the packet's dependency descriptor, if it is of a stream with layers in it.
   */
  write(
    kind: number,
    packet: SourcePacket,
    outgoing: number,
    isMarked: boolean,
    room: number,
    prefixSize: number,
    svc: SvcSelector | undefined,
    batch: SendBatch,
    now: number,
  ): void {
    const sender = this.#sender;
    const isRtx = kind === TxKind.RTX;
    const bytes = packet.payloadSize + prefixSize;
    const elements = prefixSize > 0 ? room + PREFIX_ROOM : room;
    let extension = 0;
    if (svc !== undefined && sender.dependencyDescriptor !== undefined) {
      extension = this.#writeElements(packet, svc, sender.dependencyDescriptor, bytes, elements, batch, now);
    } else if (sender.bandwidth !== undefined) {
      extension = named(elements, sender.bandwidth.stamp(batch.scratch, elements, bytes, now));
    }
    if (prefixSize > 0 || extension !== 0) batch.use(elements, extension >>> 24);
    if (!isRtx) sender.reports.sent(bytes);
    const payloadTypes = isRtx ? this.#rtxPayloadTypes : this.#payloadTypes;
    const sequence = isRtx ? sender.nextRtxSequence() : outgoing;
    const marker = isMarked ? MARKER : packet.sequenceWord & MARKER;
    const tx = batch.words;
    const to = batch.next();
    tx[to + TX.KIND] = kind;
    tx[to + TX.SESSION] = sender.wireSession;
    tx[to + TX.SOURCE] = packet.slot;
    tx[to + TX.LENGTH] = packet.payloadWord;
    tx[to + TX.SSRC] = isRtx ? (sender.rtxSsrc ?? 0) : sender.ssrc;
    tx[to + TX.SEQUENCE] = sequence | (payloadTypes[packet.payloadType]! << 16) | marker;
    tx[to + TX.TIMESTAMP] = packet.timestamp - this.timestampOffset;
    tx[to + TX.EXTRA] = outgoing;
    tx[to + TX.EXTENSION] = extension;
    tx[to + TX.PREFIX] = prefixSize === 0 ? 0 : named(room, prefixSize);
  }

  /** Writes the dependency descriptor, and the transport-wide number in the same form; returns the word that names them. */
  #writeElements(
    packet: SourcePacket,
    svc: SvcSelector,
    id: number,
    bytes: number,
    offset: number,
    batch: SendBatch,
    now: number,
  ): number {
    const { bandwidth } = this.#sender;
    const { scratch } = batch;
    const maxSize = svc.maxDescriptorSize(packet);
    const isTwoByte = maxSize > MAX_ONE_BYTE_SIZE || id > MAX_ONE_BYTE_ID;
    const headerSize = isTwoByte ? 2 : 1;
    let at = offset;
    if (bandwidth !== undefined && isTwoByte) {
      const stamped = bandwidth.stamp(scratch, offset + 1, bytes, now) > 0;
      // The number stays where it is, behind the longer header.
      scratch[offset] = bandwidth.extensionId;
      scratch[offset + 1] = STAMP_SIZE - 1;
      if (stamped) at += STAMP_SIZE + 1;
    } else if (bandwidth !== undefined) at += bandwidth.stamp(scratch, offset, bytes, now);
    if (maxSize > 0 && at - offset + headerSize + maxSize <= ELEMENTS_ROOM) {
      const size = svc.writeDescriptor(packet, scratch, at + headerSize);
      scratch[at] = isTwoByte ? id : (id << 4) | (size - 1);
      if (isTwoByte) scratch[at + 1] = size;
      at += headerSize + size;
    }
    return named(offset, at - offset, isTwoByte);
  }
}

/** Bytes in the scratch area, as send descriptors name them; 0 for none. */
function named(offset: number, size: number, isTwoByte = false): number {
  if (size === 0) return 0;
  return (offset | (isTwoByte ? TX_TWO_BYTE_EXTENSIONS : 0) | (size << 24)) >>> 0;
}
