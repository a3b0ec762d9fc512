import { parseRtcp } from '@parley/rtp';
import type { SdesKeys } from '@parley/transport';
import { RX, RX_WORDS, RxKind, SLOT_SIZE, TX, TX_WORDS, TxKind, Wire } from '@parley/wire';
import { decodeMuLaw, encodeMuLaw } from './mu-law.js';

const ADDRESS = '127.0.0.1';
/** Samples in a packet of 20 ms. */
const FRAME = 160;
const HEADER = 12;
const SSRC = 0x1234_5678;

interface HeardPacket {
  sequence: number;
  timestamp: number;
  payload: Uint8Array;
}

/** A telephone: it plays what it is told to, in PCMU, and records what it hears. Signalling is not its business. */
export class TonePhone {
  readonly heard: HeardPacket[] = [];
  /** Types of the RTCP packets that it got, compounds apart. */
  readonly control: string[][] = [];
  readonly #wire: Wire;
  #session = 0;
  #port = 0;
  #sequence = 0;
  #waiting: { isDone: () => boolean; resolve: () => void } | undefined;

  constructor(keys?: SdesKeys) {
    this.#wire = new Wire({
      port: 0,
      addresses: [ADDRESS],
      slots: 256,
      onBatch: (count) => {
        this.#receive(count);
      },
    });
    this.setKeys(keys);
  }

  get port(): number {
    return this.#wire.port;
  }

  setKeys(keys: SdesKeys | undefined): void {
    if (this.#session !== 0) this.#wire.closeSession(this.#session);
    this.#session = this.#wire.openSession(keys ? { kind: 'sdes', ...keys } : { kind: 'plain' });
    if (this.#port !== 0) this.call(this.#port);
  }

  /** From now on it talks with this port. */
  call(port: number): void {
    this.#port = port;
    this.#wire.setPath(this.#session, this.#wire.pathTo(ADDRESS, port));
  }

  /** Sends all of it at once: what forwards it does not look at the clock. */
  play(samples: Int16Array): void {
    const { outgoing, scratch } = this.#wire;
    const frames = Math.floor(samples.length / FRAME);
    outgoing.fill(0, 0, frames * TX_WORDS);
    for (let frame = 0; frame < frames; frame++) {
      const offset = frame * (HEADER + FRAME);
      const view = new DataView(scratch.buffer, scratch.byteOffset + offset, HEADER);
      view.setUint16(0, 0x8000);
      view.setUint16(2, this.#sequence & 0xffff);
      view.setUint32(4, this.#sequence * FRAME);
      view.setUint32(8, SSRC);
      this.#sequence += 1;
      scratch.set(
        Array.from(samples.subarray(frame * FRAME, (frame + 1) * FRAME), encodeMuLaw),
        offset + HEADER,
      );
      outgoing.set([TxKind.RTP_SCRATCH, this.#session, offset, HEADER + FRAME], frame * TX_WORDS + TX.KIND);
    }
    this.#wire.flush(frames);
  }

  /** What it heard first, once there are so many packets; and forgets it. */
  async record(packets: number): Promise<Int16Array> {
    await this.until(() => this.heard.length >= packets);
    const samples = this.heard.splice(0).flatMap(({ payload }) => Array.from(payload, decodeMuLaw));
    return Int16Array.from(samples);
  }

  /** Resolves when something came that makes it true. */
  until(isDone: () => boolean): Promise<void> {
    if (isDone()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting = { isDone, resolve };
    });
  }

  close(): void {
    this.#wire.close();
  }

  #receive(count: number): void {
    const { pool, received } = this.#wire;
    for (let at = 0; at < count * RX_WORDS; at += RX_WORDS) {
      const start = received[at + RX.SLOT]! * SLOT_SIZE;
      const bytes = pool.slice(start, start + received[at + RX.LENGTH]!);
      if (received[at + RX.KIND] === RxKind.RTCP)
        this.control.push(parseRtcp(bytes, 0, bytes.length).packets.map(({ type }) => type));
      else
        this.heard.push({
          sequence: received[at + RX.SEQUENCE]! & 0xffff,
          timestamp: received[at + RX.TIMESTAMP]!,
          payload: bytes.subarray(HEADER),
        });
    }
    if (this.#waiting?.isDone() !== true) return;
    this.#waiting.resolve();
    this.#waiting = undefined;
  }
}
