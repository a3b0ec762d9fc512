/** Layers tracked: three of simulcast, eight spatial ones of SVC at most. */
const MAX_LAYERS = 8;

/** A layer is dead after so many milliseconds without a packet. Screens that stand still are sent once a second. */
const TIMEOUT = 1500;
/** Of the lowest layer: there is nothing to fall back to. */
const LOWEST_TIMEOUT = 3000;

/** A higher layer is live after so many packets: publishers send a few now and then to see whether they get through. */
const PACKETS_TO_LIVE = 5;

/** Milliseconds over which a bitrate is measured; at first less, as it is needed soon. */
const WINDOW = 1000;
const FIRST_WINDOW = 300;

/** A mask of all layers. */
const ALL = 2 ** MAX_LAYERS - 1;

/** Share of a peak that is left after a window. */
const PEAK_DECAY = 0.9;

/**
 * Watches which layers of a video a publisher sends, and how much of each.
 *
 * Publishers take layers away without a word, when their link or processor is too weak.
 */
export class StreamTracker {
  /** Packets since the layer was last dead, and when the latest came. */
  readonly #packets = new Uint32Array(MAX_LAYERS);
  readonly #lastPacket = new Float64Array(MAX_LAYERS);
  readonly #bytes = new Float64Array(MAX_LAYERS);
  /** In the last window, and in the one before. */
  readonly #bitrates = new Float64Array(MAX_LAYERS);
  readonly #bitratesBefore = new Float64Array(MAX_LAYERS);
  readonly #peaks = new Float64Array(MAX_LAYERS);
  /** Since the first packet. */
  #windowStart = Infinity;
  #window = FIRST_WINDOW;
  /** Bitmask of the layers that were live when the window began: of others it holds a part only. */
  #measured = ALL;
  #liveLayers = 0;

  /** Bitmask of the layers that are live, as of the last `update`. */
  get liveLayers(): number {
    return this.#liveLayers;
  }

  /** Bits per second, in the last whole second before the last `update`; 0 for a dead layer, and until it is known. */
  bitrate(layer: number): number {
    return (this.#liveLayers & (1 << layer)) === 0 ? 0 : (this.#bitrates[layer] ?? 0);
  }

  /** The same as far as it lasts: a key frame, or a slide that is turned, is over when it has been measured. */
  sustainedBitrate(layer: number): number {
    const before = this.#bitratesBefore[layer] ?? 0;
    return before === 0 ? this.bitrate(layer) : Math.min(this.bitrate(layer), before);
  }

  /** The same at its highest: what there was once may come again, and is forgotten within some ten seconds. */
  peakBitrate(layer: number): number {
    return this.bitrate(layer) === 0 ? 0 : (this.#peaks[layer] ?? 0);
  }

  /** Counts a packet of this many bytes that holds media: padding is no sign of life. */
  observe(layer: number, bytes: number, now: number): void {
    if (layer < 0 || layer >= MAX_LAYERS) return;
    if (this.#windowStart > now) this.#windowStart = now;
    if (now - this.#lastPacket[layer]! > timeout(layer)) this.#packets[layer] = 0;
    this.#packets[layer]!++;
    this.#lastPacket[layer] = now;
    this.#bytes[layer]! += bytes;
  }

  /** To be called a few times a second. Returns whether `liveLayers` changed. */
  update(now: number): boolean {
    if (now - this.#windowStart >= this.#window) this.#endWindow(now);
    let live = 0;
    for (let layer = 0; layer < MAX_LAYERS; layer++) {
      const needed = layer === 0 ? 1 : PACKETS_TO_LIVE;
      if (now - this.#lastPacket[layer]! > timeout(layer)) this.#packets[layer] = 0;
      // Once live, always live until it times out.
      if (this.#packets[layer]! >= needed) live |= 1 << layer;
    }
    const changed = live !== this.#liveLayers;
    this.#liveLayers = live;
    return changed;
  }

  /** All layers are dead, as for a track that was muted. */
  reset(): void {
    this.#packets.fill(0);
    this.#bytes.fill(0);
    this.#bitrates.fill(0);
    this.#bitratesBefore.fill(0);
    this.#peaks.fill(0);
    this.#windowStart = Infinity;
    this.#window = FIRST_WINDOW;
    this.#measured = ALL;
    this.#liveLayers = 0;
  }

  #endWindow(now: number): void {
    const seconds = (now - this.#windowStart) / 1000;
    for (let layer = 0; layer < MAX_LAYERS; layer++) {
      const isMeasured = (this.#measured & (1 << layer)) !== 0;
      const bitrate = isMeasured ? (8 * this.#bytes[layer]!) / seconds : 0;
      this.#bitratesBefore[layer] = this.#bitrates[layer]!;
      this.#bitrates[layer] = bitrate;
      this.#peaks[layer] = Math.max(bitrate, this.#peaks[layer]! * PEAK_DECAY);
      this.#bytes[layer] = 0;
    }
    this.#windowStart = now;
    this.#window = WINDOW;
    this.#measured = this.#liveLayers;
  }
}

function timeout(layer: number): number {
  return layer === 0 ? LOWEST_TIMEOUT : TIMEOUT;
}
