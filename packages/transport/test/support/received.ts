import { RX, RX_TWO_BYTE_EXTENSIONS, RX_WORDS, RxKind, SLOT_SIZE, TX, TX_WORDS } from '@parley/wire';
import type { PacketPool } from '../../src/rtp-session/index.js';
import type { SendMemory } from '../../src/rtp-session/send-batch.js';

/** An RTP packet as the wire would hand it over. */
export interface ReceivedRtp {
  session?: number;
  ssrc: number;
  sequence: number;
  timestamp?: number;
  payloadType?: number;
  marker?: boolean;
  payload?: readonly number[];
  /** Elements of a header extension, by id: in the two-byte form if one of them is too long for the one-byte form. */
  extensions?: Readonly<Record<number, readonly number[]>>;
}

/** The wire's memory without a wire: packets are put in by hand, what is sent can be read. */
export class FakeWire implements PacketPool, SendMemory {
  readonly pool: Uint8Array;
  readonly received: Uint32Array;
  readonly outgoing: Uint32Array;
  readonly outgoingCapacity: number;
  readonly scratch = new Uint8Array(65_536);
  /** Copies of the descriptors sent, `TX_WORDS` words each. */
  readonly sent: Uint32Array[] = [];
  /** Copies of the bytes sent from the scratch area, in the order of their descriptors. */
  readonly sentBytes: Uint8Array[] = [];
  readonly released: number[] = [];
  /** Set by tests: no packet may be kept. */
  full = false;
  scarce = false;
  kept = 0;
  flushes = 0;
  #nextSlot = 0;

  constructor({ slots = 64, capacity = 64 } = {}) {
    this.pool = new Uint8Array(slots * SLOT_SIZE);
    this.received = new Uint32Array(slots * RX_WORDS);
    this.outgoing = new Uint32Array(capacity * TX_WORDS);
    this.outgoingCapacity = capacity;
  }

  keep(): void {
    this.kept += 1;
  }

  release(slot: number): void {
    this.released.push(slot);
  }

  flush(count: number): void {
    this.flushes += 1;
    for (let index = 0; index < count; index++) {
      const words = this.outgoing.slice(index * TX_WORDS, (index + 1) * TX_WORDS);
      this.sent.push(words);
      if (words[TX.KIND]! >= 3) {
        this.sentBytes.push(this.scratch.slice(words[TX.SOURCE], words[TX.SOURCE]! + words[TX.LENGTH]!));
      }
    }
  }

  /** Puts packets at the start of `received`; returns the descriptors and how many there are. */
  receive(packets: readonly ReceivedRtp[]): { rx: Uint32Array; count: number } {
    packets.forEach((packet, index) => this.#put(packet, index * RX_WORDS));
    return { rx: this.received, count: packets.length };
  }

  #put(packet: ReceivedRtp, at: number): void {
    const slot = this.#nextSlot++ % (this.pool.length / SLOT_SIZE);
    const entries = Object.entries(packet.extensions ?? {});
    const isTwoByte = entries.some(([, data]) => data.length > 16);
    const elements = entries.flatMap(([id, data]) => [
      ...(isTwoByte ? [Number(id), data.length] : [(Number(id) << 4) | (data.length - 1)]),
      ...data,
    ]);
    const payload = packet.payload ?? [0];
    const payloadOffset = 16 + elements.length;
    this.pool.set([...elements, ...payload], slot * SLOT_SIZE + 16);
    this.received.fill(0, at, at + RX_WORDS);
    this.received[at + RX.KIND] = RxKind.RTP;
    this.received[at + RX.SESSION] = packet.session ?? 0;
    this.received[at + RX.SLOT] = slot;
    this.received[at + RX.LENGTH] = payloadOffset + payload.length;
    this.received[at + RX.SSRC] = packet.ssrc;
    this.received[at + RX.SEQUENCE] =
      packet.sequence | ((packet.payloadType ?? 96) << 16) | (packet.marker ? 1 << 23 : 0);
    this.received[at + RX.TIMESTAMP] = packet.timestamp ?? 0;
    this.received[at + RX.PAYLOAD] = payloadOffset | (payload.length << 16);
    if (isTwoByte) this.received[at + RX.FLAGS] = RX_TWO_BYTE_EXTENSIONS;
    if (elements.length > 0) this.received[at + RX.EXTENSION] = 16 | (elements.length << 16);
  }
}

/** VP8 payloads: a descriptor that begins a frame, and the frame header's first byte, whose lowest bit is 0 for a key frame. */
export const VP8_KEY_FRAME = [0x10, 0x00, 0x00, 0x00, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01];
export const VP8_DELTA_FRAME = [0x10, 0x01, 0x00, 0x00];
