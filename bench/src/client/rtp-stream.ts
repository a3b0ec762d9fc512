import { type HeaderExtension, type RtpHeaderFields, writeRtpHeader } from '@parley/rtp';

/** Writes one packet at an offset and returns its bytes. */
export type PacketWriter = (out: Uint8Array, offset: number) => number;

export interface RtpStreamOptions {
  ssrc: number;
  payloadType: number;
  /** Of every packet; written again for each, so their data may change. */
  extensions: readonly HeaderExtension[];
  /** Takes the next transport-wide sequence number, where that extension is among them. */
  onPacket: () => void;
}

/** The packets of one SSRC: header fields that follow from each other, and the counts of sender reports. */
export class RtpStream {
  readonly ssrc: number;
  readonly #options: RtpStreamOptions;
  #sequence = 0;
  #packets = 0;
  #octets = 0;

  constructor(options: RtpStreamOptions) {
    this.#options = options;
    this.ssrc = options.ssrc;
  }

  get packets(): number {
    return this.#packets;
  }

  /** Payload bytes so far. */
  get octets(): number {
    return this.#octets;
  }

  /** Writes the next packet's header; the caller writes `payloadSize` bytes behind it. Returns the header's bytes. */
  writeHeader(
    out: Uint8Array,
    offset: number,
    { marker, timestamp, payloadSize }: { marker: boolean; timestamp: number; payloadSize: number },
  ): number {
    const { ssrc, payloadType, extensions } = this.#options;
    this.#options.onPacket();
    const header: RtpHeaderFields = {
      marker,
      payloadType,
      sequence: this.#sequence,
      timestamp,
      ssrc,
      extensions,
    };
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#packets += 1;
    this.#octets += payloadSize;
    return writeRtpHeader(out, offset, header);
  }
}
