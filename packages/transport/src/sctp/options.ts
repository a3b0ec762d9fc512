import type { SctpCounters } from './sctp-metrics.js';
import type { DataChannel } from './data-channel.js';

export interface SctpOptions {
  /**
   * Whether `connect` sends the INIT; both ends may. It also says who we are for the ids of the channels we open:
   * the DTLS client's are even and the server's odd (RFC 8832 section 6), so a DTLS client has to initiate.
   */
  initiate: boolean;
  /** Uniform in [0, 2^32): verification tag, initial TSN and cookie secret come from it. */
  random: () => number;
  /** Largest message accepted from the peer, in bytes; a larger one ends the association. Default 262144. */
  maxReceiveMessageSize?: number;
  /** Largest message the peer accepts, from its a=max-message-size. Default 262144. */
  maxSendMessageSize?: number;
  /** Bytes that may wait for sending or acknowledgement over all channels before `send` refuses. Default 1 MiB. */
  sendBufferLimit?: number;
  /** Largest packet to send, in bytes. Default 1180. */
  mtu?: number;
  observer: SctpObserver;
  /** What is counted together with other associations. Default counters of its own. */
  counters?: SctpCounters;
}

/** Why an association ended. */
export type SctpCloseReason = 'shutdown' | 'aborted' | 'timeout' | 'protocol-error';

/** Called from within `receive`, `handleTimeout`, `poll` and `open`. All of the association may be used inside. */
export interface SctpObserver {
  /** The association is up. Called again should the peer restart it (RFC 9260 section 5.2.4); all channels closed then. */
  onConnected(): void;
  /** The association ended, not by our own `close`: the peer shut it down or aborted it, or does not answer. */
  onClosed(reason: SctpCloseReason): void;
  /** A channel the peer opened, or one of ours the peer acknowledged, is ready. */
  onChannelOpen(channel: DataChannel): void;
  /** The payload is the observer's to keep. */
  onMessage(channel: DataChannel, payload: Uint8Array, binary: boolean): void;
  onChannelClosed(channel: DataChannel): void;
  /** The buffered bytes of the channel fell to its low water mark, or there is room again after a refused `send`. */
  onBufferedLow(channel: DataChannel): void;
}
