import type { BandwidthControl } from '@parley/transport';
import { allocate, wantedBitrate, type AllocationRequest } from './allocation.js';
import { ALL_LAYERS } from './layers/selection.js';
import type { Participant } from './participant.js';
import type { Subscription } from './subscription.js';

/** Milliseconds between two looks, unless something changed. */
const INTERVAL = 500;

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
 * Reconciles: `update` may be called at any time, and follows what is then wanted, sent and estimated.
 */
export class StreamAllocator {
  readonly #participant: Participant;
  #dueAt = 0;
  #estimate = 0;

  constructor(participant: Participant) {
    this.#participant = participant;
  }

  /** Subscriptions came or went, or want something else. */
  invalidate(): void {
    this.#dueAt = 0;
  }

  /** To be called a few times a second. */
  update(now: number): void {
    const { bandwidth } = this.#participant.subscriberTransport;
    if (!bandwidth) return;
    const change = Math.abs(bandwidth.estimate - this.#estimate);
    if (now < this.#dueAt && change <= this.#estimate * MIN_CHANGE) return;
    this.#dueAt = now + INTERVAL;
    this.#estimate = bandwidth.estimate;
    this.#share(bandwidth, now);
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
    bandwidth.setDemand(wantedBitrate(requests), total, now);
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
