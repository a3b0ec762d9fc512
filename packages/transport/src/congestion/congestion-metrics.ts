import { counter, type MetricValues, type NumberDeclaration } from '@parley/core';

function decreases(cause: string): NumberDeclaration {
  return counter(
    'parley_estimate_decreases_total',
    'Times that less was taken for what a path carries, by what showed it',
    { cause },
  );
}

/** What congestion control heard of paths, and made of it. */
export const congestionMetrics = {
  feedback: counter('parley_path_feedback_received_total', 'Reports of subscribers on when packets arrived'),
  feedbackLost: counter(
    'parley_path_feedback_lost_total',
    'Reports of subscribers on when packets arrived that did not come',
  ),
  received: counter('parley_path_packets_received_total', 'Packets that arrived, as subscribers report'),
  lost: counter('parley_path_packets_lost_total', 'Packets that did not arrive, as subscribers report'),
  /** Not sent, or settled. */
  unknown: counter('parley_path_packets_unknown_total', 'Packets in reports that nobody waits to hear of'),
  overuses: decreases('delay'),
  lossCuts: decreases('loss'),
  /** Feedback stayed away. */
  timeouts: decreases('silence'),
  probes: counter('parley_probes_total', 'Times that a path was probed for more than it is known to carry'),
  probesRaised: counter('parley_probes_raised_total', 'Probes that showed that a path carries more'),
};

export type CongestionCounters = MetricValues<typeof congestionMetrics>;
