import { TokenBucket } from './token-bucket.js';

/** Packets a second that a client has reason to send beside its media; of data, 6 MB. */
const RTCP_RATE = 1000;
const DATA_RATE = 5000;
const STUN_RATE = 200;
/** Seconds of all kinds at once, as after a stall of the network. */
const BURST_SECONDS = 2;

/** How many packets one peer may send before it counts as a flood: each kind by itself, so that none starves another. */
export class PacketLimits {
  readonly rtp: TokenBucket;
  readonly rtcp: TokenBucket;
  readonly data: TokenBucket;
  readonly stun: TokenBucket;

  /** @param packetsPerSecond RTP packets. */
  constructor(packetsPerSecond: number) {
    this.rtp = bucket(packetsPerSecond);
    this.rtcp = bucket(RTCP_RATE);
    this.data = bucket(DATA_RATE);
    this.stun = bucket(STUN_RATE);
  }
}

function bucket(rate: number): TokenBucket {
  return new TokenBucket(rate, rate * BURST_SECONDS, 0);
}
