import type { DataSink } from './data-sink.js';
import type { SfuCounters } from './sfu-metrics.js';
import type { DataKind } from './types.js';

/** Packets, and bytes, kept for a participant to whom no channel is open yet. */
const QUEUE_PACKETS = 1000;
const QUEUE_BYTES = 1 << 20;

/**
 * What is on its way to one participant in one of the two ways: queued, bounded, until there is a sink, and handed to the
 * sink from then on. A reader too slow for its sink loses packets instead of growing memory.
 */
export class DataOutbox {
  readonly kind: DataKind;
  readonly #counters: SfuCounters;
  #sink: DataSink | undefined;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;

  constructor(kind: DataKind, counters: SfuCounters) {
    this.kind = kind;
    this.#counters = counters;
  }

  /** Gets what was queued first. */
  setSink(sink: DataSink): void {
    this.#sink = sink;
    const queue = this.#queue;
    this.#clear();
    for (const payload of queue) this.send(payload);
  }

  send(payload: Uint8Array): void {
    if (this.#sink) {
      if (!this.#sink.send(payload)) this.#counters.dataPacketsDropped += 1;
    } else if (this.#queue.length < QUEUE_PACKETS && this.#queuedBytes + payload.length <= QUEUE_BYTES) {
      this.#queue.push(payload);
      this.#queuedBytes += payload.length;
    } else {
      this.#counters.dataPacketsDropped += 1;
    }
  }

  /** This sink is gone; if it was the one in use, packets wait for another. */
  removeSink(sink: DataSink): void {
    if (sink === this.#sink) this.#sink = undefined;
  }

  close(): void {
    this.#sink = undefined;
    this.#clear();
  }

  #clear(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
  }
}
