import type { ReceiveStream, PacketHistory } from '@parley/transport';
import { RX, RX_KEY_FRAME, SLOT_SIZE } from '@parley/wire';

/** A packet of a publication on its way to a subscriber. One object serves all packets, one after the other. */
export class SourcePacket {
  /** Where its stream's packets lie. */
  pool: Uint8Array = new Uint8Array(0);
  slot = 0;
  /** Sequence number, payload type and marker, as in `RX.SEQUENCE`. */
  sequenceWord = 0;
  /** Offset and length of the payload, as in `RX.PAYLOAD`. */
  payloadWord = 0;
  /** Offset and length of the dependency descriptor, likewise; 0 without one. */
  dependencyWord = 0;
  timestamp = 0;
  /** Whether a key frame starts in it. */
  isKeyFrame = false;

  /** Takes it from a received descriptor at this offset of `rx`. */
  readReceived(source: ReceiveStream, rx: Uint32Array, at: number): void {
    this.pool = source.pool;
    this.slot = rx[at + RX.SLOT]!;
    this.sequenceWord = rx[at + RX.SEQUENCE]!;
    this.payloadWord = rx[at + RX.PAYLOAD]!;
    this.dependencyWord = rx[at + RX.EXTENSION]!;
    this.timestamp = rx[at + RX.TIMESTAMP]! | 0;
    this.isKeyFrame = (rx[at + RX.FLAGS]! & RX_KEY_FRAME) !== 0;
  }

  /** Takes it from what is kept of its stream. */
  readHistory(source: ReceiveStream, history: PacketHistory, entry: number, isKeyFrame: boolean): void {
    this.pool = source.pool;
    this.slot = history.slot(entry);
    this.sequenceWord = history.sequenceWord(entry);
    this.payloadWord = history.payloadWord(entry);
    this.dependencyWord = history.dependencyWord(entry);
    this.timestamp = history.timestamp(entry) | 0;
    this.isKeyFrame = isKeyFrame;
  }

  /** Leaves out the first bytes of the payload. */
  skip(bytes: number): void {
    const offset = (this.payloadWord & 0xffff) + bytes;
    this.payloadWord = (offset | ((this.payloadSize - bytes) << 16)) >>> 0;
  }

  /** Leaves out all that it carries. */
  empty(): void {
    this.payloadWord &= 0xffff;
    this.dependencyWord = 0;
  }

  get sequence(): number {
    return this.sequenceWord & 0xffff;
  }

  get payloadType(): number {
    return (this.sequenceWord >> 16) & 0x7f;
  }

  get payloadSize(): number {
    return this.payloadWord >>> 16;
  }

  /** Where the payload starts in `pool`. */
  get payloadOffset(): number {
    return this.slot * SLOT_SIZE + (this.payloadWord & 0xffff);
  }

  get dependencySize(): number {
    return this.dependencyWord >>> 16;
  }

  get dependencyOffset(): number {
    return this.slot * SLOT_SIZE + (this.dependencyWord & 0xffff);
  }
}
