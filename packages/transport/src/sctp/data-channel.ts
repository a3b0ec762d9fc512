import type { ChannelParameters } from './dcep.js';

export type DataChannelState = 'connecting' | 'open' | 'closing' | 'closed';

/** What a handle needs from the association that made it. */
export interface DataChannelLink {
  readonly state: DataChannelState;
  readonly bufferedAmount: number;
  send(payload: Uint8Array, binary: boolean): boolean;
  close(): void;
}

/** A data channel, RFC 8831: a plain handle; events come to the association's observer. */
export class DataChannel {
  readonly id: number;
  readonly label: string;
  readonly protocol: string;
  readonly ordered: boolean;
  readonly maxRetransmits: number | undefined;
  /** Milliseconds. */
  readonly maxPacketLifeTime: number | undefined;
  /** `onBufferedLow` is called when `bufferedAmount` falls to this many bytes. */
  lowWaterMark = 0;
  readonly #link: DataChannelLink;

  constructor(id: number, parameters: ChannelParameters, link: DataChannelLink) {
    this.id = id;
    this.label = parameters.label;
    this.protocol = parameters.protocol;
    this.ordered = parameters.ordered;
    this.maxRetransmits = parameters.maxRetransmits;
    this.maxPacketLifeTime = parameters.maxPacketLifeTime;
    this.#link = link;
  }

  get state(): DataChannelState {
    return this.#link.state;
  }

  /** Bytes given to `send` in messages that the peer has not acknowledged whole. */
  get bufferedAmount(): number {
    return this.#link.bufferedAmount;
  }

  /**
   * Queues a message; it leaves with the next polls. The payload is kept, not copied: do not write to it afterwards
   * (one payload may go to many channels).
   *
   * Returns false, and does nothing, when the send buffer is full, when the message is larger than the peer accepts,
   * or when the channel is closing or closed. After a full buffer `onBufferedLow` says when to go on.
   */
  send(payload: Uint8Array, binary: boolean): boolean {
    return this.#link.send(payload, binary);
  }

  /** Closes the channel once all that was sent has arrived; the peer's side closes with it. */
  close(): void {
    this.#link.close();
  }
}
