import { NO_LAYER, Selection } from './selection.js';

/**
 * Chooses, for one subscriber of a simulcast track, the layer whose packets it gets.
 *
 * A layer begins with a key frame only. Up it goes with every key frame that helps, asked for or not; down to the target
 * as soon as a key frame there allows it, and until then the present layer goes on.
 */
export class SimulcastSelector {
  #target: number = NO_LAYER;
  #current: number = NO_LAYER;
  #liveLayers = 0;

  /** The layer wanted at most. */
  get target(): number {
    return this.#target;
  }

  /** The layer forwarded at present. */
  get current(): number {
    return this.#current;
  }

  /** The layer whose key frame is needed to go where the subscriber should be; `NO_LAYER` when it is there. */
  get keyFrameNeeded(): number {
    const desired = this.#desired;
    return desired === this.#current ? NO_LAYER : desired;
  }

  /** @param layer From 0 up; `NO_LAYER` stops at once, and a later start takes a key frame. */
  setTarget(layer: number): void {
    this.#target = layer;
    if (layer === NO_LAYER) this.#current = NO_LAYER;
  }

  /** @param mask Bitmask of the layers that the publisher sends, as `StreamTracker` knows it. */
  setLiveLayers(mask: number): void {
    this.#liveLayers = mask;
  }

  /** Forwards nothing until the next key frame. */
  restart(): void {
    this.#current = NO_LAYER;
  }

  /**
   * Decides on one packet.
   *
   * @param isKeyFrame Whether a key frame starts in it.
   */
  select(layer: number, isKeyFrame: boolean): Selection {
    if (layer === this.#current) return Selection.FORWARD;
    if (!isKeyFrame || !this.#isBetter(layer)) return Selection.DROP;
    this.#current = layer;
    return Selection.SWITCH;
  }

  #isBetter(layer: number): boolean {
    if (layer > this.#target) return false;
    const current = this.#current;
    return layer > current || current > this.#target || layer === this.#desired;
  }

  /** The best live layer that is not above the target; the target itself as long as none is known to be live. */
  get #desired(): number {
    if (this.#target === NO_LAYER) return NO_LAYER;
    const live = this.#liveLayers & (2 ** (this.#target + 1) - 1);
    return live === 0 ? this.#target : 31 - Math.clz32(live);
  }
}
