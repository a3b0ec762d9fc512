import { randomNumbers } from '../random.js';
import { Flow, type FlowOptions } from './flow.js';
import { Link, type LinkOptions } from './link.js';

/** Anything that sends into the link besides flows. */
export interface Traffic {
  advance(now: number): void;
}

/** What a simulation saw in an interval. */
export interface Measured {
  /** What each flow got, in bit/s, and the least, average and largest of its estimate. */
  flows: { received: number; least: number; average: number; largest: number }[];
  /** The longest that a packet waited in the link's queue, in milliseconds. */
  longestWait: number;
}

/** A link, flows over it, and a clock; everything random comes from the seed. */
export class Simulation {
  readonly link: Link;
  readonly random: () => number;
  readonly flows: Flow[] = [];
  readonly traffic: Traffic[] = [];
  now = 0;

  constructor(seed: number, link: Partial<LinkOptions>) {
    this.random = randomNumbers(seed);
    this.link = new Link({ bitrate: 1_000_000, delay: 20, queue: 300, random: this.random, ...link });
  }

  addFlow(options: Partial<FlowOptions> = {}): Flow {
    const flow = new Flow({ link: this.link, random: this.random, ...options });
    this.flows.push(flow);
    return flow;
  }

  /** Goes on for some milliseconds, and measures. */
  run(duration: number): Measured {
    const samples: number[][] = this.flows.map(() => []);
    for (const flow of this.flows) flow.takeReceived();
    this.link.takeLongestWait();
    for (const end = this.now + duration; this.now < end; this.now++) {
      this.link.advance(this.now);
      for (const traffic of this.traffic) traffic.advance(this.now);
      for (const flow of this.flows) flow.advance(this.now);
      if (this.now % 50 === 0) this.flows.forEach((flow, i) => samples[i]!.push(flow.controller.estimate));
    }
    return {
      flows: this.flows.map((flow, i) => ({
        received: (flow.takeReceived() * 8000) / duration,
        least: Math.min(...samples[i]!),
        average: samples[i]!.reduce((sum, estimate) => sum + estimate, 0) / samples[i]!.length,
        largest: Math.max(...samples[i]!),
      })),
      longestWait: this.link.takeLongestWait(),
    };
  }

  /** Goes on until something holds, at most for some milliseconds. Returns how long it took; Infinity if it did not. */
  runUntil(limit: number, holds: () => boolean): number {
    const start = this.now;
    while (this.now < start + limit) {
      this.run(10);
      if (holds()) return this.now - start;
    }
    return Infinity;
  }
}

/** Chooses the highest of some bitrates that an estimate allows, as a forwarder of layers does. */
export function layered(layers: readonly number[]): (estimate: number) => number {
  let current = 0;
  return (estimate) => {
    let chosen = 0;
    layers.forEach((bitrate, layer) => {
      if (bitrate * (layer > current ? 1.15 : 1) <= estimate) chosen = layer;
    });
    current = chosen;
    return layers[chosen]!;
  };
}
