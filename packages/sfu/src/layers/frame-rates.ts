import { ALL_LAYERS } from './selection.js';

/** Temporal layers told apart. */
const MAX_LAYERS = 8;

/** Milliseconds over which rates are measured. */
const WINDOW = 2000;

/** A tenth fewer pictures than wanted are enough: cameras do not keep to their rates. */
const TOLERANCE = 0.9;

/** How many pictures a second each temporal layer of a video adds. */
export class FrameRates {
  readonly #frames = new Uint32Array(MAX_LAYERS);
  /** Frames a second, in the last whole window. */
  readonly #rates = new Float64Array(MAX_LAYERS);
  /** Since the first frame. */
  #windowStart = Infinity;

  /** Counts a picture. */
  observe(temporalLayer: number, now: number): void {
    if (temporalLayer >= MAX_LAYERS) return;
    if (this.#windowStart > now) this.#windowStart = now;
    this.#frames[temporalLayer]!++;
  }

  /** To be called a few times a second. Returns whether the rates were measured anew. */
  update(now: number): boolean {
    const elapsed = now - this.#windowStart;
    if (!(elapsed >= WINDOW)) return false;
    for (let layer = 0; layer < MAX_LAYERS; layer++) {
      this.#rates[layer] = (1000 * this.#frames[layer]!) / elapsed;
    }
    this.#frames.fill(0);
    this.#windowStart = now;
    return true;
  }

  /** All is unknown, as of a track that was muted. */
  reset(): void {
    this.#frames.fill(0);
    this.#rates.fill(0);
    this.#windowStart = Infinity;
  }

  /**
   * The temporal layer up to which there are as many pictures a second as wanted; all layers where there are not.
   *
   * @param fps Pictures a second; 0 for no limit.
   */
  layerFor(fps: number): number {
    if (fps === 0) return ALL_LAYERS;
    let rate = 0;
    for (let layer = 0; layer < MAX_LAYERS; layer++) {
      rate += this.#rates[layer]!;
      if (rate >= fps * TOLERANCE) return layer;
    }
    return ALL_LAYERS;
  }
}
