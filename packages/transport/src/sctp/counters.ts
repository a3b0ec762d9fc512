/** What an association did and met, for metrics. */
export interface SctpCounters {
  packetsSent: number;
  packetsReceived: number;
  messagesSent: number;
  messagesReceived: number;
  /** Messages of partially reliable channels that were given up. */
  messagesAbandoned: number;
  /** DATA chunks sent again. */
  retransmissions: number;
  /** DATA chunks that had arrived before. */
  duplicates: number;
  /** Packets and chunks dropped because they were malformed: checksum, lengths, fields. */
  malformed: number;
  /** Well-formed packets and chunks dropped because they do not fit the state: tag, stream, window. */
  unexpected: number;
}

export function createCounters(): SctpCounters {
  return {
    packetsSent: 0,
    packetsReceived: 0,
    messagesSent: 0,
    messagesReceived: 0,
    messagesAbandoned: 0,
    retransmissions: 0,
    duplicates: 0,
    malformed: 0,
    unexpected: 0,
  };
}
