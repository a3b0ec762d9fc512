/** Each number once. */
export const tcpCounters = {
  connections: 1,
  accepted: 2,
  refusedTotal: 3,
  refusedAddress: 4,
  refusedRate: 17,
  refusedSystem: 18,
  packetsReceived: 5,
  bytesReceived: 6,
  packetsSent: 7,
  bytesSent: 8,
  droppedSlowReader: 9,
  pauses: 10,
  closed: { peer: 11, malformed: 12, unauthenticated: 13, idle: 14, media: 15, shutdown: 16 },
};
