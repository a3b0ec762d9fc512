import { counter, type MetricValues } from '@parley/core';
import { packetsDropped } from '@parley/wire';
import { congestionMetrics } from '../congestion/congestion-metrics.js';
import { nackMetrics } from '../rtp/nack-metrics.js';
import { rtxMetrics } from '../rtp/rtx-metrics.js';

/** What the RTP sessions of a thread count together. */
export const rtpMetrics = {
  /** In whole, or from some point on. */
  rtcpMalformed: packetsDropped('rtcp-malformed'),
  /** Feedback of a peer that has not taken the extension it is on. */
  rtcpUnexpected: packetsDropped('rtcp-unexpected'),
  /** Of streams that no media section announced. */
  rtpUnknownStream: packetsDropped('rtp-unknown-stream'),
  /** Of further streams than a peer may have. */
  rtpTooManyStreams: packetsDropped('rtp-too-many-streams'),
  rtpDuplicate: packetsDropped('rtp-duplicate'),
  /** Too far from the stream's others to belong to them. */
  rtpStray: packetsDropped('rtp-stray'),
  /** That nobody waits for any more: they came already, or too late. */
  rtpOutdated: packetsDropped('rtp-outdated'),
  /** Of peers that sent too many of a kind. */
  rtpFlood: packetsDropped('rtp-flood'),
  rtcpFlood: packetsDropped('rtcp-flood'),
  packetsNotKept: counter(
    'parley_packets_not_kept_total',
    'Video packets that cannot be sent again, as there was no memory to keep them',
  ),
  nacksReceived: counter('parley_nacks_received_total', 'Packets that subscribers asked for again'),
  nacksSent: counter('parley_nacks_sent_total', 'Packets that were asked for again from publishers'),
  retransmissionsSent: counter('parley_retransmissions_total', 'Packets sent again'),
  /** Too old, or asked for too often. */
  retransmissionsRefused: counter('parley_retransmissions_refused_total', 'Packets not sent again'),
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
  /** Of all streams received, and of the paths to all peers. */
  nack: nackMetrics,
  rtx: rtxMetrics,
  congestion: congestionMetrics,
};

export type RtpCounters = MetricValues<typeof rtpMetrics>;
