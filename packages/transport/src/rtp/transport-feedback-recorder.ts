import { sequenceDiff, writeTransportFeedback } from '@parley/rtp';

export interface TransportFeedbackRecorderOptions {
  /** Milliseconds from the first packet not yet reported to the report. Default 50. */
  readonly interval?: number;
}

/** Packets between two reports; what comes beyond is not reported. */
const CAPACITY = 1024;

/** So many are reported without waiting for the interval's end. */
const ENOUGH = CAPACITY / 2;

const DEFAULT_INTERVAL = 50;

const NONE = -1;

/**
 * When the packets of a publisher's transport arrived, for the feedback its congestion control works with
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01).
 */
export class TransportFeedbackRecorder {
  readonly #interval: number;
  readonly #sequences = new Uint16Array(CAPACITY);
  readonly #arrivals = new Float64Array(CAPACITY);
  #count = 0;
  #feedbackCount = 0;
  /** The highest number that came, and what it was when the last report was written. */
  #highest = NONE;
  #highestReported = NONE;
  #deadline = Infinity;

  constructor(options: TransportFeedbackRecorderOptions = {}) {
    this.#interval = options.interval ?? DEFAULT_INTERVAL;
  }

  /** When `write` should be called, in milliseconds; Infinity if there is nothing to report. */
  get deadline(): number {
    return this.#deadline;
  }

  /**
   * Takes note of a packet.
   *
   * @param sequence Its transport-wide sequence number.
   * @param arrival When it arrived, in microseconds, on the clock that `deadline` tells in milliseconds.
   */
  receive(sequence: number, arrival: number): void {
    if (this.#count === CAPACITY) return;
    this.#sequences[this.#count] = sequence;
    this.#arrivals[this.#count] = arrival;
    this.#count++;
    if (this.#highest === NONE || sequenceDiff(sequence, this.#highest) > 0) this.#highest = sequence;
    if (this.#count === 1) this.#deadline = arrival / 1000 + this.#interval;
    if (this.#count === ENOUGH) this.#deadline = arrival / 1000;
  }

  /**
   * Writes what came since the last report, and what did not come though it was sent between, as one or more RTCP packets
   * behind each other.
   *
   * @param mediaSsrc Any stream of the transport.
   * @param maxPacketSize Bytes of one packet at most.
   * @returns bytes of each packet written.
   */
  write(
    out: Uint8Array,
    offset: number,
    maxPacketSize: number,
    senderSsrc: number,
    mediaSsrc: number,
  ): number[] {
    const sizes = writeTransportFeedback(out, offset, maxPacketSize, {
      senderSsrc,
      mediaSsrc,
      feedbackCount: this.#feedbackCount,
      sequences: this.#sequences,
      arrivals: this.#arrivals,
      count: this.#count,
      ...(this.#highestReported !== NONE && { baseSequence: (this.#highestReported + 1) & 0xffff }),
    });
    this.#highestReported = this.#highest;
    this.#feedbackCount = (this.#feedbackCount + sizes.length) & 0xff;
    this.#count = 0;
    this.#deadline = Infinity;
    return sizes;
  }
}
