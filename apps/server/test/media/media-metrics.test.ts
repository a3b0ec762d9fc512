import { AggregatorRegistry } from 'prom-client';
import { expect, test } from 'vitest';
import { mediaMetrics } from '../../src/media/media-metrics.js';

const liveKit = {
  sessions: 4,
  joins: 9,
  joinFailures: { 400: 1, 401: 2, 503: 3 },
  signalsReceived: 10,
  signalsSent: 11,
  offers: 12,
  dataPackets: 13,
  drops: {
    'signal-malformed': 1,
    'signal-flood': 2,
    'signal-unsupported': 0,
    'offer-invalid': 0,
    'offer-flood': 0,
    'track-refused': 0,
    'metadata-refused': 0,
    'data-malformed': 0,
    'data-refused': 0,
    'data-outdated': 0,
  },
  sfu: { rooms: 1, participants: 4, publications: 5, subscriptions: 15, dataPacketsDropped: 6 },
};
const transport = {
  packetsReceived: 100,
  bytesReceived: 120_000,
  packetsSent: 300,
  bytesSent: 360_000,
  sendCalls: 30,
  droppedMalformed: 1,
  droppedTooLong: 2,
  droppedUnknownAddress: 3,
  droppedNoKeys: 0,
  droppedAuthentication: 0,
  droppedReplay: 0,
  droppedTooManySsrcs: 0,
  droppedNoSlot: 0,
  droppedInvalidDescriptor: 0,
  droppedSend: 0,
  dtlsPacketsReceived: 40,
  dtlsHandshakes: 4,
  dtlsFailures: 1,
  stunUnknownUsername: 7,
  rtcpMalformed: 8,
  rtpUnknownStream: 9,
  nacksReceived: 1,
  nacksSent: 2,
  keyFrameRequestsReceived: 3,
  keyFrameRequestsSent: 4,
  retransmissionsSent: 5,
  retransmissionsRefused: 6,
};

test("the media thread's numbers come out under Prometheus names", async () => {
  const text = await AggregatorRegistry.aggregate([mediaMetrics(liveKit, transport)]).metrics();
  for (const line of [
    'parley_rooms 1',
    'parley_participants 4',
    'parley_subscriptions 15',
    'parley_joins_total 9',
    'parley_join_failures_total{status="401"} 2',
    'parley_input_drops_total{reason="signal-flood"} 2',
    'parley_packets_sent_total 300',
    'parley_packets_dropped_total{reason="unknown-address"} 3',
    'parley_packets_dropped_total{reason="stun-unknown-username"} 7',
    'parley_dtls_failures_total 1',
    'parley_key_frame_requests_sent_total 4',
    '# TYPE parley_rooms gauge',
    '# TYPE parley_joins_total counter',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});

test('every number of the sources is published', () => {
  const values = mediaMetrics(liveKit, transport).flatMap((metric) => metric.values);
  const count = (numbers: object) =>
    Object.values(numbers).filter((value) => typeof value === 'number').length;
  expect(values).toHaveLength(
    count(liveKit) +
      count(liveKit.joinFailures) +
      count(liveKit.drops) +
      count(liveKit.sfu) +
      count(transport),
  );
});
