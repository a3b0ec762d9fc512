/** What both ends agreed on when the association was set up, RFC 9260 section 5.1. */
export interface AssociationParameters {
  /** Verification tags: ours is on the packets that come in, the peer's on those that go out. */
  readonly localTag: number;
  readonly peerTag: number;
  readonly localInitialTsn: number;
  readonly peerInitialTsn: number;
  /** The peer's receiver window at the start, in bytes. */
  readonly peerWindow: number;
  /** Streams we may send on. */
  readonly outgoingStreams: number;
  /** The peer can skip abandoned messages (RFC 3758). */
  readonly forwardTsn: boolean;
  /** The peer can reset streams (RFC 6525). */
  readonly reconfig: boolean;
}

/** Streams we offer in each direction, and so the most channels there can be. Browsers use no id above 1023 either. */
export const MAX_STREAMS = 1024;
