/** What one subscription could use of a subscriber's bandwidth. */
export interface AllocationRequest {
  readonly id: string;
  readonly kind: 'audio' | 'video';
  /** Higher goes first: 255 for a screen share, 1 for a camera, or what the client asked for. */
  readonly priority: number;
  /** Bitrate of each usable layer as measured, in bit/s, ascending. */
  readonly layers: readonly number[];
  /** The same at their highest lately: what must fit before a layer is given anew. Default `layers`. */
  readonly peaks?: readonly number[];
  /** The highest layer that the client can use, by the size it shows; -1 if it shows none. */
  readonly maxLayer: number;
  /** The layer that it gets now; -1 if it is paused or new. */
  readonly current: number;
}

export interface Allocation {
  readonly id: string;
  /** -1: paused. */
  readonly layer: number;
}

export interface AllocationOptions {
  /** Whether video that does not fit is paused; else it gets its lowest layer all the same. */
  readonly allowPause: boolean;
}

/** A video, and what it was given so far. */
interface Share {
  readonly request: AllocationRequest;
  /** The highest layer that it may get; -1 for none. */
  readonly limit: number;
  layer: number;
}

/** To give a layer anew, so many times what is then used must fit: an estimate that wavers does not make layers flap. */
const HEADROOM = 1.15;

/**
 * A video is not paused while the path carries this share of what is used with its lowest layer: after a moment of
 * congestion the estimate is below what the path carries, and a picture that stands still is the last thing that one wants.
 */
const PAUSE_TOLERANCE = 0.7;

const PAUSED = -1;

/**
 * Shares a subscriber's bandwidth among its subscriptions.
 *
 * Audio always gets what it needs. Then each video gets its lowest layer, by priority, before any gets more. What is left
 * raises videos by priority, and those of equal priority together, one layer at a time. Between equals the order of ids
 * decides, so that the same requests always end the same way.
 *
 * @param bitrate What the path carries, in bit/s.
 * @returns one entry for each request, in their order.
 */
export function allocate(
  bitrate: number,
  requests: readonly AllocationRequest[],
  options: AllocationOptions,
): Allocation[] {
  const shares = new Map<AllocationRequest, Share>();
  const budget = new Budget(bitrate);
  for (const request of requests) {
    if (request.kind === 'audio') budget.take(request.layers[0] ?? 0);
    else shares.set(request, { request, limit: topLayer(request), layer: PAUSED });
  }
  const videos = [...shares.values()].filter(({ limit }) => limit > PAUSED).sort(byPriority);
  for (const video of videos) {
    if (!raise(video, budget) && !options.allowPause) forceLowest(video, budget);
  }
  for (let first = 0; first < videos.length;) {
    const { priority } = videos[first]!.request;
    const group = videos.slice(first).filter(({ request }) => request.priority === priority);
    raiseTogether(group, budget);
    first += group.length;
  }
  return requests.map((request) => ({ id: request.id, layer: shares.get(request)?.layer ?? 0 }));
}

/** What all requests together could use, in bit/s. */
export function wantedBitrate(requests: readonly AllocationRequest[]): number {
  let total = 0;
  for (const request of requests) {
    const { kind, layers, peaks = layers } = request;
    total += peaks[kind === 'audio' ? 0 : topLayer(request)] ?? 0;
  }
  return total;
}

/** What is left of the bitrate. */
class Budget {
  readonly #bitrate: number;
  #used = 0;

  constructor(bitrate: number) {
    this.#bitrate = bitrate;
  }

  take(bitrate: number): void {
    this.#used += bitrate;
  }

  fits(bitrate: number, headroom: number): boolean {
    return (this.#used + bitrate) * headroom <= this.#bitrate;
  }
}

function byPriority(a: Share, b: Share): number {
  if (a.request.priority !== b.request.priority) return b.request.priority - a.request.priority;
  if (a.request.id === b.request.id) return 0;
  return a.request.id < b.request.id ? -1 : 1;
}

/** Raises videos of one priority, each by one layer before any by two; those that have the layer now go first. */
function raiseTogether(group: readonly Share[], budget: Budget): void {
  const top = Math.max(...group.map(({ limit }) => limit));
  for (let layer = 1; layer <= top; layer++) {
    const candidates = group.filter((share) => share.layer === layer - 1 && share.limit >= layer);
    for (const share of candidates) if (share.request.current >= layer) raise(share, budget);
    for (const share of candidates) if (share.request.current < layer) raise(share, budget);
  }
}

/** Gives the next layer, if it fits. */
function raise(share: Share, budget: Budget): boolean {
  const next = share.layer + 1;
  const cost = bitrateOf(share.request, next) - bitrateOf(share.request, share.layer);
  if (!budget.fits(cost, headroom(next, share.request.current))) return false;
  budget.take(cost);
  share.layer = next;
  return true;
}

/** So many times what is then used must fit. */
function headroom(layer: number, current: number): number {
  if (layer > current) return HEADROOM;
  return layer === 0 ? PAUSE_TOLERANCE : 1;
}

function forceLowest(share: Share, budget: Budget): void {
  budget.take(bitrateOf(share.request, 0));
  share.layer = 0;
}

function topLayer({ layers, maxLayer }: AllocationRequest): number {
  return Math.min(maxLayer, layers.length - 1);
}

function bitrateOf({ layers, peaks = layers, current }: AllocationRequest, layer: number): number {
  return (layer > current ? peaks : layers)[layer] ?? 0;
}
