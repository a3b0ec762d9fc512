import { counter, type MetricValues } from '@parley/core';
import { packetsDropped, wireMetrics } from '@parley/wire';
import { iceMetrics } from '../ice/ice-metrics.js';
import { rtpMetrics } from '../rtp-session/rtp-metrics.js';
import { sctpMetrics } from '../sctp/sctp-metrics.js';

/** What the transports of a thread count together; most of it is of WebRTC alone. */
export const transportMetrics = {
  ...rtpMetrics,
  /** For no transport known: a wrong user name, or none. */
  stunUnknownUsername: packetsDropped('stun-unknown-username'),
  /** Its session was closed meanwhile. */
  transportClosed: packetsDropped('transport-closed'),
  /** The peer had not nominated their path yet. */
  rtpBeforeNomination: packetsDropped('rtp-before-nomination'),
  /** Of peers that sent too many of a kind. */
  dataFlood: packetsDropped('data-flood'),
  stunFlood: packetsDropped('stun-flood'),
  transportFailures: counter('parley_transport_failures_total', 'Transports closed because of a defect'),
  /** Of all ICE agents and SCTP associations. */
  ice: iceMetrics,
  sctp: sctpMetrics,
};

export type TransportCounters = MetricValues<typeof transportMetrics>;

/** What a `TransportServer` counts: on its wire, and in its transports. */
export const transportServerMetrics = { ...wireMetrics, ...transportMetrics };

export type TransportServerCounters = MetricValues<typeof transportServerMetrics>;
