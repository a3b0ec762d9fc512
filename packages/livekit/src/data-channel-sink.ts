import type { DataSink } from '@parley/sfu';
import type { DataChannel, WebRtcTransport } from '@parley/transport';

/** Sends a participant's data over a channel of its transport. */
export class DataChannelSink implements DataSink {
  readonly #channel: DataChannel;
  readonly #transport: WebRtcTransport;

  constructor(channel: DataChannel, transport: WebRtcTransport) {
    this.#channel = channel;
    this.#transport = transport;
  }

  send(payload: Uint8Array): boolean {
    const isTaken = this.#channel.send(payload, true);
    this.#transport.dataQueued();
    return isTaken;
  }
}
