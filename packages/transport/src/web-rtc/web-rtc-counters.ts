import { createIceCounters, type IceCounters } from '../ice/ice-agent.js';
import { createCounters, type SctpCounters } from '../sctp/counters.js';
import { createRtpCounters, type RtpCounters } from '../rtp-session/rtp-counters.js';

/** What the WebRTC transports of a thread count together. */
export interface WebRtcCounters extends RtpCounters {
  /** STUN messages for no transport known: a wrong user name, or none. */
  stunUnknownUsername: number;
  /** RTP packets that came before the peer nominated their path. */
  rtpBeforeNomination: number;
  /** Packets of peers that sent too many of a kind. */
  dataFlood: number;
  stunFlood: number;
  /** Of all ICE agents and SCTP associations. */
  readonly ice: IceCounters;
  readonly sctp: SctpCounters;
}

export function createWebRtcCounters(): WebRtcCounters {
  return {
    ...createRtpCounters(),
    stunUnknownUsername: 0,
    rtpBeforeNomination: 0,
    dataFlood: 0,
    stunFlood: 0,
    ice: createIceCounters(),
    sctp: createCounters(),
  };
}
