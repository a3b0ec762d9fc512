import type { DataChannel } from '@parley/transport';
import type { DataKind, SfuCounters } from './types.js';

/** Packets, and bytes, kept for a participant whose channel is not open yet. */
const QUEUE_PACKETS = 1000;
const QUEUE_BYTES = 1 << 20;

/**
 * What is on its way to one participant over one data channel: queued, bounded, until the channel opens, and handed
 * to the channel from then on. A reader too slow for its channel's buffer loses packets instead of growing memory.
 */
export class DataOutbox {
  readonly kind: DataKind;
  readonly #counters: SfuCounters;
  #channel: DataChannel | undefined;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;

  constructor(kind: DataKind, counters: SfuCounters) {
    this.kind = kind;
    this.#counters = counters;
  }

  /** The open channel, or none again; a new one gets what was queued. */
  setChannel(channel: DataChannel | undefined): void {
    this.#channel = channel;
    if (!channel) return;
    const queue = this.#queue;
    this.#clear();
    for (const payload of queue) this.send(payload);
  }

  send(payload: Uint8Array): void {
    if (this.#channel) {
      if (!this.#channel.send(payload, true)) this.#counters.dataPacketsDropped += 1;
    } else if (this.#queue.length < QUEUE_PACKETS && this.#queuedBytes + payload.length <= QUEUE_BYTES) {
      this.#queue.push(payload);
      this.#queuedBytes += payload.length;
    } else {
      this.#counters.dataPacketsDropped += 1;
    }
  }

  /** This channel is gone; if it was the one in use, packets wait for another. */
  channelClosed(channel: DataChannel): void {
    if (channel === this.#channel) this.#channel = undefined;
  }

  close(): void {
    this.#channel = undefined;
    this.#clear();
  }

  #clear(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
  }
}
