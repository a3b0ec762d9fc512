import { counter, type MetricValues } from '@parley/core';
import { packetsDropped } from '@parley/wire';

/** What associations did and met. */
export const sctpMetrics = {
  packetsReceived: counter('parley_sctp_packets_received_total', 'Packets of data channels received'),
  packetsSent: counter('parley_sctp_packets_sent_total', 'Packets of data channels sent'),
  messagesReceived: counter('parley_data_messages_received_total', 'Messages received over data channels'),
  messagesSent: counter('parley_data_messages_sent_total', 'Messages sent over data channels'),
  messagesAbandoned: counter(
    'parley_data_messages_abandoned_total',
    'Messages given up, of data channels that need not deliver all',
  ),
  /** DATA chunks. */
  retransmissions: counter(
    'parley_data_retransmissions_total',
    'Parts of messages over data channels sent again',
  ),
  duplicates: counter(
    'parley_data_duplicates_total',
    'Parts of messages over data channels that had arrived before',
  ),
  /** Packets and chunks: checksum, lengths, fields. */
  malformed: packetsDropped('sctp-malformed'),
  /** Well-formed packets and chunks that do not fit the state: tag, stream, window. */
  unexpected: packetsDropped('sctp-unexpected'),
};

export type SctpCounters = MetricValues<typeof sctpMetrics>;
