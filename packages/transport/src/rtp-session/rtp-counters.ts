/** What the RTP sessions of a thread count together. */
export interface RtpCounters {
  /** RTCP packets that were malformed, in whole or from some point on. */
  rtcpMalformed: number;
  /** RTP packets of streams that no media section announced. */
  rtpUnknownStream: number;
  /** Packets of peers that sent too many of a kind. */
  rtpFlood: number;
  rtcpFlood: number;
  nacksReceived: number;
  nacksSent: number;
  keyFrameRequestsReceived: number;
  keyFrameRequestsSent: number;
  retransmissionsSent: number;
  /** Packets asked for that were too old, or asked for too often. */
  retransmissionsRefused: number;
  /** Reports of subscribers on when packets arrived. */
  feedbackReceived: number;
  /** Times that a packet had to wait for its path's pacer. */
  packetsPaced: number;
  /** Packets of padding, sent to find out whether a path carries more. */
  paddingSent: number;
}

export function createRtpCounters(): RtpCounters {
  return {
    rtcpMalformed: 0,
    rtpUnknownStream: 0,
    rtpFlood: 0,
    rtcpFlood: 0,
    nacksReceived: 0,
    nacksSent: 0,
    keyFrameRequestsReceived: 0,
    keyFrameRequestsSent: 0,
    retransmissionsSent: 0,
    retransmissionsRefused: 0,
    feedbackReceived: 0,
    packetsPaced: 0,
    paddingSent: 0,
  };
}
