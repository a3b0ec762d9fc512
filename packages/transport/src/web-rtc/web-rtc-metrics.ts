import type { MetricValues } from '@parley/core';
import { packetsDropped, wireMetrics } from '@parley/wire';
import { iceMetrics } from '../ice/ice-metrics.js';
import { rtpMetrics } from '../rtp-session/rtp-metrics.js';
import { sctpMetrics } from '../sctp/sctp-metrics.js';

/** What the WebRTC transports of a thread count together. */
export const webRtcMetrics = {
  ...rtpMetrics,
  /** For no transport known: a wrong user name, or none. */
  stunUnknownUsername: packetsDropped('stun-unknown-username'),
  /** The peer had not nominated their path yet. */
  rtpBeforeNomination: packetsDropped('rtp-before-nomination'),
  /** Of peers that sent too many of a kind. */
  dataFlood: packetsDropped('data-flood'),
  stunFlood: packetsDropped('stun-flood'),
  /** Of all ICE agents and SCTP associations. */
  ice: iceMetrics,
  sctp: sctpMetrics,
};

export type WebRtcCounters = MetricValues<typeof webRtcMetrics>;

/** What a `WebRtcServer` counts: on its wire, and in its transports. */
export const webRtcServerMetrics = { ...wireMetrics, ...webRtcMetrics };

export type WebRtcServerCounters = MetricValues<typeof webRtcServerMetrics>;
