import { TokenBucket } from '@parley/core';

/** Seconds of packets at once, as after a stall of the network. */
const BURST_SECONDS = 2;

/**
 * How many packets of one kind a peer may send before it counts as a flood. Each kind has a limit of its own, so that none
 * starves another.
 *
 * @param rate Packets a second.
 */
export function packetLimit(rate: number): TokenBucket {
  return new TokenBucket(rate, rate * BURST_SECONDS, 0);
}
