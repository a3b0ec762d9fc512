import { counter, gauge, labelled, type ThreadMetric } from '@parley/core';
import type { LiveKitMetrics } from '@parley/livekit';

/** Whatever reasons there are become labels. */
type LiveKitNumbers = Omit<LiveKitMetrics, 'drops'> & { drops: Readonly<Record<string, number>> };

/** Of LiveKit's sessions, by the names under which Prometheus knows them. */
export function liveKitMetrics({ drops, joinFailures, ...liveKit }: LiveKitNumbers): ThreadMetric[] {
  return [
    gauge(
      'parley_signal_sessions',
      'LiveKit sessions, those that wait to be resumed among them',
      liveKit.sessions,
    ),
    counter('parley_joins_total', 'Participants that joined', liveKit.joins),
    counter('parley_join_failures_total', 'Joins refused, by HTTP status', labelled('status', joinFailures)),
    counter(
      'parley_signal_messages_received_total',
      'Signalling messages received, without pings',
      liveKit.signalsReceived,
    ),
    counter(
      'parley_signal_messages_sent_total',
      'Signalling messages sent, without answers to pings',
      liveKit.signalsSent,
    ),
    counter('parley_offers_total', 'Session descriptions negotiated', liveKit.offers),
    counter('parley_data_packets_total', 'Data packets received from participants', liveKit.dataPackets),
    counter(
      'parley_input_drops_total',
      'Input from participants not followed, by reason',
      labelled('reason', drops),
    ),
  ];
}
