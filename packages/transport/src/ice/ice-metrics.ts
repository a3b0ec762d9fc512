import { counter, type MetricValues } from '@parley/core';
import { packetsDropped } from '@parley/wire';

/** What became of the messages that agents received; each is counted once. */
export const iceMetrics = {
  /** Valid, answered with success. */
  checks: counter('parley_connectivity_checks_total', 'Connectivity checks of clients that were answered'),
  /** Not a STUN Binding message, or with a wrong FINGERPRINT. */
  malformed: packetsDropped('stun-malformed'),
  /** Indications, and responses to requests that a lite agent never makes. */
  ignored: packetsDropped('stun-not-a-request'),
  /** USERNAME missing or not ours. */
  wrongUsername: packetsDropped('stun-wrong-username'),
  /** MESSAGE-INTEGRITY missing or wrong. */
  unauthenticated: packetsDropped('stun-unauthenticated'),
  /** Attributes that would have to be understood. */
  unknownAttributes: packetsDropped('stun-unknown-attributes'),
  /** The peer took itself for controlled. */
  roleConflicts: packetsDropped('stun-role-conflict'),
};

export type IceCounters = MetricValues<typeof iceMetrics>;
