import type { BandwidthControl } from '@parley/transport';
import { allocate, wantedBitrate, type AllocationRequest } from './allocation.js';
import { ALL_LAYERS } from './layers/selection.js';
import type { ParticipantTransports } from './media-transport.js';
import type { Subscription } from './subscription.js';

/** Whose path's bandwidth is shared out, as far as that has to be known. */
export interface AllocatingParticipant {
  readonly transports: ParticipantTransports | undefined;
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  /** The allocator's deadline is earlier than it was. */
  estimateChanged(): void;
}

/** Milliseconds between two looks, unless something changed; and where the path carries much more than all that is wanted. */
const INTERVAL = 500;
const CALM_INTERVAL = 2000;
const CALM_SHARE = 0.5;

/** An estimate that changes by no more than this share can wait until then: it does so with nearly every feedback. */
const MIN_CHANGE = 0.03;

/**
 * bit/s that a path is taken to carry until it shows that it does not: few do not, and who waits for the first probes to come
 * back, or for better ones from a client that is busy otherwise, sees worse than need be.
 */
const FIRST_GUESS = 4_000_000;

/**
 * Shares out what the path to one subscriber carries: tells each of its subscriptions the layer that it may have, and the
 * path what more would be worth probing for.
 *
 * Reconciles: `handleTimeout` may be called at any time, and follows what is then wanted, sent and estimated.
 */
export class StreamAllocator {
  readonly #participant: AllocatingParticipant;
  #dueAt = Infinity;
  #estimate = 0;
  /** The path that tells of its estimates. */
  #watched: BandwidthControl | undefined;

  constructor(participant: AllocatingParticipant) {
    this.#participant = participant;
  }

  /** Subscriptions came or went, or want something else. */
  invalidate(): void {
    this.#dueAt = 0;
  }

  /** When `handleTimeout` has something to do; Infinity while there is nothing to share the path between. */
  get deadline(): number {
    return this.#dueAt;
  }

  handleTimeout(now: number): void {
    if (now < this.#dueAt) return;
    const { subscriptions, transports } = this.#participant;
    this.#dueAt = subscriptions.size === 0 ? Infinity : now + INTERVAL;
    const bandwidth = transports?.subscriber.bandwidth;
    if (!bandwidth) return;
    if (bandwidth !== this.#watched) this.#watch(bandwidth);
    this.#estimate = bandwidth.estimate;
    this.#share(bandwidth, now);
  }

  #watch(bandwidth: BandwidthControl): void {
    this.#watched = bandwidth;
    bandwidth.onEstimate = (estimate) => {
      const isChanged = Math.abs(estimate - this.#estimate) > this.#estimate * MIN_CHANGE;
      if (!isChanged || this.#dueAt === Infinity) return;
      this.invalidate();
      this.#participant.estimateChanged();
    };
  }

  #share(bandwidth: BandwidthControl, now: number): void {
    const all = [...this.#participant.subscriptions.values()];
    for (const subscription of all) {
      // Nobody knows what it takes when it comes back.
      if (subscription.publication.muted) subscription.setAllocated(ALL_LAYERS);
    }
    const subscriptions = all.filter(isReceived);
    const requests = subscriptions.map(request);
    const { estimate, isConstrained } = bandwidth;
    const { overuses, lossCuts } = bandwidth.counters;
    const wasFull = overuses + lossCuts > 0;
    const bitrate = isConstrained || wasFull ? estimate : Math.max(estimate, FIRST_GUESS);
    const allocations = allocate(bitrate, requests, { allowPause: isConstrained });
    let total = 0;
    subscriptions.forEach((subscription, index) => {
      const { layers, kind } = requests[index] ?? { layers: [], kind: 'audio' };
      const layer = allocations[index]?.layer ?? 0;
      total += layers[layer] ?? 0;
      // Where it may have the best that there is, it is not held back from one that is only about to come, unless the path
      // was full some time and might be again.
      const isBest = layer === layers.length - 1 && (!wasFull || layers[layer] === 0);
      if (kind === 'video') subscription.setAllocated(isBest ? ALL_LAYERS : layer);
    });
    const wanted = wantedBitrate(requests);
    bandwidth.setDemand(wanted, total, now);
    const isCalm = !isConstrained && !wasFull && wanted > 0 && wanted < estimate * CALM_SHARE;
    if (isCalm) this.#dueAt = now + CALM_INTERVAL;
  }
}

/**
 * Whether a subscription gets packets now, or would if there was room for them. The estimate is of what the subscriber gives
 * feedback on: audio without it goes beside that.
 */
function isReceived({ sender, enabled, publication }: Subscription): boolean {
  if (sender === undefined || !enabled || publication.muted) return false;
  return publication.kind === 'video' || sender.bandwidth !== undefined;
}

function request(subscription: Subscription): AllocationRequest {
  const { codec, publication, wantedLayer, layer } = subscription;
  return {
    id: publication.sid,
    kind: publication.kind,
    priority: subscription.priority,
    layers: codec?.layerBitrates ?? [0],
    peaks: codec?.peakBitrates ?? [0],
    maxLayer: wantedLayer,
    current: layer,
  };
}
