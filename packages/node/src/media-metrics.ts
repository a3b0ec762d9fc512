import { counter, gauge, histogram, type ThreadMetric } from '@parley/core';
import type { SfuMetrics } from '@parley/sfu';
import type { WebRtcServerCounters } from '@parley/transport';

/** Of the rooms, by the names under which Prometheus knows them. */
export function sfuMetrics(sfu: SfuMetrics): ThreadMetric[] {
  return [
    gauge('parley_rooms', 'Rooms that are open', sfu.rooms),
    gauge('parley_participants', 'Participants in all rooms', sfu.participants),
    gauge('parley_publications', 'Tracks that are published', sfu.publications),
    gauge('parley_subscriptions', 'Subscriptions to tracks', sfu.subscriptions),
    counter(
      'parley_data_packets_dropped_total',
      'Data packets that a slow reader lost',
      sfu.dataPacketsDropped,
    ),
    ...measuredMetrics(sfu.measurements),
  ];
}

/** Of the log. @param omitted Lines that were left out. */
export function logMetrics(omitted: number): ThreadMetric[] {
  return [
    counter(
      'parley_log_lines_omitted_total',
      'Lines left out of the log, of which there were many alike',
      omitted,
    ),
  ];
}

/** Of the WebRTC transports and the wire. */
export function transportMetrics(transport: WebRtcServerCounters): ThreadMetric[] {
  return [...wireMetrics(transport), ...feedbackMetrics(transport)];
}

function measuredMetrics(measured: SfuMetrics['measurements']): ThreadMetric[] {
  return [
    histogram(
      'parley_first_media_seconds',
      'Time from the join of participants who have something to send or receive to the first RTP packet',
      measured.firstMedia,
    ),
    histogram(
      'parley_round_trip_seconds',
      'Time to a subscriber and back, of each subscriber every five seconds',
      measured.roundTrip,
    ),
    histogram(
      'parley_subscriber_estimate_bits_per_second',
      'What the path to a subscriber carries, of each subscriber every five seconds',
      measured.estimate,
    ),
    histogram(
      'parley_subscriber_allocated_bits_per_second',
      'What the streams sent to a subscriber take, of each subscriber every five seconds',
      measured.allocated,
    ),
    histogram(
      'parley_received_loss_ratio',
      'Share of packets lost from a publisher, of each track every five seconds',
      measured.receivedLoss,
    ),
    histogram(
      'parley_sent_loss_ratio',
      'Share of packets lost to a subscriber, of each track every five seconds',
      measured.sentLoss,
    ),
  ];
}

function wireMetrics(transport: WebRtcServerCounters): ThreadMetric[] {
  // Every counter of a drop is called dropped…, and stays named so when the wire learns of another reason.
  const drops = Object.entries(transport)
    .filter((entry): entry is [string, number] => entry[0].startsWith('dropped'))
    .map(([name, value]) => ({
      value,
      labels: { reason: kebabCase(name.slice('dropped'.length)) },
    }));
  const { ice, sctp } = transport;
  return [
    counter('parley_packets_received_total', 'UDP packets received', transport.packetsReceived),
    counter('parley_packets_sent_total', 'UDP packets sent', transport.packetsSent),
    counter('parley_bytes_received_total', 'Bytes received over UDP', transport.bytesReceived),
    counter('parley_bytes_sent_total', 'Bytes sent over UDP', transport.bytesSent),
    counter('parley_send_calls_total', 'System calls that sent packets', transport.sendCalls),
    counter(
      'parley_packets_handed_over_total',
      'UDP packets given to the media thread that they belong to by the one whose socket they came to',
      transport.packetsHandedOver,
    ),
    counter('parley_packets_dropped_total', 'UDP packets dropped, by reason', [
      ...drops,
      { value: transport.stunUnknownUsername, labels: { reason: 'stun-unknown-username' } },
      { value: transport.rtpUnknownStream, labels: { reason: 'rtp-unknown-stream' } },
      { value: transport.rtpBeforeNomination, labels: { reason: 'rtp-before-nomination' } },
      { value: transport.rtcpMalformed, labels: { reason: 'rtcp-malformed' } },
      { value: transport.rtpFlood, labels: { reason: 'rtp-flood' } },
      { value: transport.rtcpFlood, labels: { reason: 'rtcp-flood' } },
      { value: transport.dataFlood, labels: { reason: 'data-flood' } },
      { value: transport.stunFlood, labels: { reason: 'stun-flood' } },
      { value: ice.malformed, labels: { reason: 'stun-malformed' } },
      { value: ice.ignored, labels: { reason: 'stun-not-a-request' } },
      { value: ice.wrongUsername, labels: { reason: 'stun-wrong-username' } },
      { value: ice.unauthenticated, labels: { reason: 'stun-unauthenticated' } },
      { value: ice.unknownAttributes, labels: { reason: 'stun-unknown-attributes' } },
      { value: ice.roleConflicts, labels: { reason: 'stun-role-conflict' } },
      { value: sctp.malformed, labels: { reason: 'sctp-malformed' } },
      { value: sctp.unexpected, labels: { reason: 'sctp-unexpected' } },
    ]),
    counter(
      'parley_connectivity_checks_total',
      'Connectivity checks of clients that were answered',
      ice.checks,
    ),
    counter('parley_sctp_packets_received_total', 'Packets of data channels received', sctp.packetsReceived),
    counter('parley_sctp_packets_sent_total', 'Packets of data channels sent', sctp.packetsSent),
    counter(
      'parley_data_messages_received_total',
      'Messages received over data channels',
      sctp.messagesReceived,
    ),
    counter('parley_data_messages_sent_total', 'Messages sent over data channels', sctp.messagesSent),
    counter(
      'parley_data_messages_abandoned_total',
      'Messages given up, of data channels that need not deliver all',
      sctp.messagesAbandoned,
    ),
    counter(
      'parley_data_retransmissions_total',
      'Parts of messages over data channels sent again',
      sctp.retransmissions,
    ),
    counter(
      'parley_data_duplicates_total',
      'Parts of messages over data channels that had arrived before',
      sctp.duplicates,
    ),
    counter('parley_dtls_packets_received_total', 'DTLS packets received', transport.dtlsPacketsReceived),
    counter('parley_dtls_handshakes_total', 'DTLS handshakes completed', transport.dtlsHandshakes),
    counter('parley_dtls_failures_total', 'DTLS handshakes failed', transport.dtlsFailures),
  ];
}

function feedbackMetrics(transport: WebRtcServerCounters): ThreadMetric[] {
  return [
    counter(
      'parley_nacks_received_total',
      'Packets that subscribers asked for again',
      transport.nacksReceived,
    ),
    counter(
      'parley_nacks_sent_total',
      'Packets that were asked for again from publishers',
      transport.nacksSent,
    ),
    counter('parley_retransmissions_total', 'Packets sent again', transport.retransmissionsSent),
    counter(
      'parley_retransmissions_refused_total',
      'Packets not sent again',
      transport.retransmissionsRefused,
    ),
    counter(
      'parley_path_feedback_received_total',
      'Reports of subscribers on when packets arrived',
      transport.feedbackReceived,
    ),
    counter(
      'parley_packets_paced_total',
      'Times that a packet waited so that its path is not flooded',
      transport.packetsPaced,
    ),
    counter(
      'parley_padding_sent_total',
      'Packets sent to find out whether a path carries more',
      transport.paddingSent,
    ),
    counter(
      'parley_key_frame_requests_received_total',
      'Key frames that subscribers asked for',
      transport.keyFrameRequestsReceived,
    ),
    counter(
      'parley_key_frame_requests_sent_total',
      'Key frames that publishers were asked for',
      transport.keyFrameRequestsSent,
    ),
  ];
}

function kebabCase(name: string): string {
  return name.replaceAll(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
