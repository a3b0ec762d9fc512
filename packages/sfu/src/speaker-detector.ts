/** Levels louder than this count as speech, in −dBov as RFC 6464 has it: 0 is the loudest, 127 silence. */
const ACTIVE_LEVEL = 35;
/** Share of an interval that must be loud for it to count. */
const MIN_ACTIVE_SHARE = 0.4;
/** Weight of the newest interval: a moving average over about two intervals. */
const SMOOTHING = 2 / 3;
/** Levels are told in eighths, so that small wavering is no change. */
const STEPS = 8;
/** Milliseconds that one opus packet stands for, as far as the share of an interval goes. */
const PACKET_DURATION = 20;

/** Milliseconds over which loudness is judged, and between two announcements. */
export const SPEAKER_INTERVAL = 400;

/**
 * Decides from RFC 6464 audio levels whether one audio track carries speech, and how loud.
 *
 * The level of an interval is that of its loudest packets weighted by how much of the interval was loud, so that a
 * door slamming does not make a speaker.
 */
export class SpeakerDetector {
  #activePackets = 0;
  #loudest = 127;
  #smoothed = 0;
  #level = 0;

  /** Loudness from 0 to 1, in steps of an eighth. */
  get level(): number {
    return this.#level;
  }

  get active(): boolean {
    return this.#level > 0;
  }

  /** One packet's level in −dBov, 0 to 127. Returns whether it is loud enough to count. */
  observe(level: number): boolean {
    if (level > ACTIVE_LEVEL) return false;
    this.#activePackets += 1;
    if (level < this.#loudest) this.#loudest = level;
    return true;
  }

  /** Ends an interval of `SPEAKER_INTERVAL`; returns whether `level` changed. */
  endInterval(): boolean {
    const share = Math.min(1, (this.#activePackets * PACKET_DURATION) / SPEAKER_INTERVAL);
    const loudness = share < MIN_ACTIVE_SHARE ? 0 : 10 ** ((20 * Math.log10(share) - this.#loudest) / 20);
    this.#activePackets = 0;
    this.#loudest = 127;
    this.#smoothed += (loudness - this.#smoothed) * SMOOTHING;
    // Rounded up while there is speech: a quiet speaker speaks all the same.
    const step = this.#smoothed < 10 ** (-(ACTIVE_LEVEL + 5) / 20) ? 0 : Math.ceil(this.#smoothed * STEPS);
    const level = Math.min(1, step / STEPS);
    const changed = level !== this.#level;
    this.#level = level;
    return changed;
  }

  /** Nothing was said since: for a track that was muted. Returns whether `level` changed. */
  silence(): boolean {
    const changed = this.#level !== 0;
    this.#activePackets = 0;
    this.#loudest = 127;
    this.#smoothed = 0;
    this.#level = 0;
    return changed;
  }
}
