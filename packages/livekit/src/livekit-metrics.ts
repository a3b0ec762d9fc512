import { counter, countersBy, gauge, type MetricValues } from '@parley/core';

/** What the front counts. */
export const liveKitCounterMetrics = {
  joins: counter('parley_joins_total', 'Participants that joined'),
  joinFailures: countersBy(
    'parley_join_failures_total',
    'Joins refused, by HTTP status',
    'status',
    [400, 401, 404, 503],
  ),
  sessionFailures: countersBy(
    'parley_session_failures_total',
    'Sessions ended as the server had no room for a transport of theirs, or because of a defect',
    'cause',
    ['limit', 'defect'],
  ),
  signalsReceived: counter(
    'parley_signal_messages_received_total',
    'Signalling messages received, without pings',
  ),
  signalsSent: counter(
    'parley_signal_messages_sent_total',
    'Signalling messages sent, without answers to pings',
  ),
  offers: counter('parley_offers_total', 'Session descriptions negotiated'),
  dataPackets: counter('parley_data_packets_total', 'Data packets received from participants'),
  drops: countersBy('parley_input_drops_total', 'Input from participants not followed, by reason', 'reason', [
    'signal-malformed',
    'signal-flood',
    'signal-unsupported',
    'offer-invalid',
    'offer-flood',
    'track-refused',
    'metadata-refused',
    'change-flood',
    'subscription-flood',
    'data-flood',
    'data-malformed',
    'data-refused',
    'data-outdated',
    'data-unsupported',
  ]),
};

export const liveKitMetrics = {
  sessions: gauge('parley_signal_sessions', 'LiveKit sessions, those that wait to be resumed among them'),
  ...liveKitCounterMetrics,
};

export type LiveKitMetrics = MetricValues<typeof liveKitMetrics>;

export type LiveKitCounters = MetricValues<typeof liveKitCounterMetrics>;

export type JoinFailureStatus = keyof LiveKitCounters['joinFailures'];
