import type { BandwidthControl } from '@parley/transport';

export type MediaTransportState = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

/**
 * What a participant's media travels over, as far as the sfu has to know it. Its front makes it, gives the receivers and
 * senders that it carries to publications and subscriptions, and tells the participant when its state changes.
 */
export interface MediaTransport {
  readonly state: MediaTransportState;
  /** What the path to the peer carries; undefined as long as that is not known. */
  readonly bandwidth: BandwidthControl | undefined;
  /** Idempotent. */
  close(): void;
}

/** The transports of one participant: the same one twice where its client sends and receives over one. */
export interface ParticipantTransports {
  /** What the client publishes comes over it. */
  readonly publisher: MediaTransport;
  /** What the client subscribed to, and data, goes out over it; whether that works makes the participant active. */
  readonly subscriber: MediaTransport;
}
