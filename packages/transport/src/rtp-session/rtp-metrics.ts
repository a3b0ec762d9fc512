import { counter, type MetricValues } from '@parley/core';
import { packetsDropped } from '@parley/wire';

/** What the RTP sessions of a thread count together. */
export const rtpMetrics = {
  /** In whole, or from some point on. */
  rtcpMalformed: packetsDropped('rtcp-malformed'),
  /** Of streams that no media section announced. */
  rtpUnknownStream: packetsDropped('rtp-unknown-stream'),
  /** Of peers that sent too many of a kind. */
  rtpFlood: packetsDropped('rtp-flood'),
  rtcpFlood: packetsDropped('rtcp-flood'),
  nacksReceived: counter('parley_nacks_received_total', 'Packets that subscribers asked for again'),
  nacksSent: counter('parley_nacks_sent_total', 'Packets that were asked for again from publishers'),
  retransmissionsSent: counter('parley_retransmissions_total', 'Packets sent again'),
  /** Too old, or asked for too often. */
  retransmissionsRefused: counter('parley_retransmissions_refused_total', 'Packets not sent again'),
  feedbackReceived: counter(
    'parley_path_feedback_received_total',
    'Reports of subscribers on when packets arrived',
  ),
  packetsPaced: counter(
    'parley_packets_paced_total',
    'Times that a packet waited so that its path is not flooded',
  ),
  paddingSent: counter('parley_padding_sent_total', 'Packets sent to find out whether a path carries more'),
  keyFrameRequestsReceived: counter(
    'parley_key_frame_requests_received_total',
    'Key frames that subscribers asked for',
  ),
  keyFrameRequestsSent: counter(
    'parley_key_frame_requests_sent_total',
    'Key frames that publishers were asked for',
  ),
};

export type RtpCounters = MetricValues<typeof rtpMetrics>;
