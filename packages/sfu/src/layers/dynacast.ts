import { compareQualities, type VideoQuality } from './layer-quality.js';

/** A lower quality must be enough for so many milliseconds before the publisher is told. */
const DOWNGRADE_DELAY = 5000;

/** Wishes for one codec of the publication. */
interface CodecDemand {
  /** By subscriber. */
  readonly wanted: Map<string, VideoQuality>;
  /** What the publisher is told to send at most. */
  granted: VideoQuality;
  /** When `granted` falls to what is wanted; Infinity while it is. */
  deadline: number;
}

/**
 * Which layers a publisher should send: those that some subscriber wants, per codec.
 *
 * More is granted at once. Less only after a while, for a picture that a client hides for a moment should not cost a key
 * frame. A codec begins with all its layers, unless `addCodec` is told otherwise.
 *
 * Methods that return a boolean tell whether `quality` of some codec changed, and the publisher is to be told.
 */
export class Dynacast {
  readonly #codecs = new Map<string, CodecDemand>();

  /** Media types of the codecs. */
  get codecs(): string[] {
    return [...this.#codecs.keys()];
  }

  /** When to call `handleTimeout`; Infinity if there is nothing to wait for. */
  get deadline(): number {
    let deadline = Infinity;
    for (const codec of this.#codecs.values()) deadline = Math.min(deadline, codec.deadline);
    return deadline;
  }

  /** The publisher sends, or could send, this codec too. */
  addCodec(mimeType: string, now: number, granted: VideoQuality = 'high'): boolean {
    if (this.#codecs.has(mimeType)) return false;
    const deadline = granted === 'off' ? Infinity : now + DOWNGRADE_DELAY;
    this.#codecs.set(mimeType, { wanted: new Map(), granted, deadline });
    return true;
  }

  /** The best quality to send of a codec, with all below it; `off` where nobody wants it. */
  quality(mimeType: string): VideoQuality {
    return this.#codecs.get(mimeType)?.granted ?? 'off';
  }

  /** A subscriber wants this quality of the codec it gets, and of others nothing any more. */
  setWanted(subscriber: string, mimeType: string, quality: VideoQuality, now: number): boolean {
    this.addCodec(mimeType, now);
    let changed = false;
    for (const [codec, demand] of this.#codecs) {
      if (codec === mimeType) demand.wanted.set(subscriber, quality);
      else if (!demand.wanted.delete(subscriber)) continue;
      changed = update(demand, now) || changed;
    }
    return changed;
  }

  removeSubscriber(subscriber: string, now: number): boolean {
    let changed = false;
    for (const demand of this.#codecs.values()) {
      if (demand.wanted.delete(subscriber)) changed = update(demand, now) || changed;
    }
    return changed;
  }

  handleTimeout(now: number): boolean {
    let changed = false;
    for (const demand of this.#codecs.values()) {
      if (now < demand.deadline) continue;
      const wanted = bestWanted(demand);
      changed ||= wanted !== demand.granted;
      demand.granted = wanted;
      demand.deadline = Infinity;
    }
    return changed;
  }
}

/** Follows what is wanted now; tells whether more is granted than before. */
function update(demand: CodecDemand, now: number): boolean {
  const difference = compareQualities(bestWanted(demand), demand.granted);
  if (difference < 0) {
    demand.deadline = Math.min(demand.deadline, now + DOWNGRADE_DELAY);
    return false;
  }
  demand.deadline = Infinity;
  if (difference === 0) return false;
  demand.granted = bestWanted(demand);
  return true;
}

function bestWanted({ wanted }: CodecDemand): VideoQuality {
  let best: VideoQuality = 'off';
  for (const quality of wanted.values()) {
    if (compareQualities(quality, best) > 0) best = quality;
  }
  return best;
}
