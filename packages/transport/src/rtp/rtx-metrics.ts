import { counter, type MetricValues } from '@parley/core';
import { packetsDropped } from '@parley/wire';

/** What came in streams of retransmissions. */
export const rtxMetrics = {
  restored: counter('parley_retransmissions_received_total', 'Packets that publishers sent again'),
  /** Without a payload. */
  padding: counter(
    'parley_padding_received_total',
    'Packets by which publishers probe whether their paths carry more',
  ),
  /** It was not negotiated. */
  unknownPayloadType: packetsDropped('rtx-unknown-payload-type'),
};

export type RtxCounters = MetricValues<typeof rtxMetrics>;
