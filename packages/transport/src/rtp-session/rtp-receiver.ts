import type { ReceiveStream, ReceiveStreamOwner } from './receive-stream.js';
import type { RtpReceiverParameters } from './rtp-receiver-parameters.js';
import type { SendBatch } from './send-batch.js';

/** Who takes what a receiver receives. */
export interface PacketSink {
  /** The first packet of a stream came; `onPackets` follows. */
  onStream(stream: ReceiveStream): void;
  /** Received descriptors `first` to `last` (exclusive) of one stream: the hot path. Dropped ones are marked. */
  onPackets(
    stream: ReceiveStream,
    rx: Uint32Array,
    first: number,
    last: number,
    batch: SendBatch,
    now: number,
  ): void;
  /** Loudness of a packet in −dBov: 0 is the loudest, 127 silence (RFC 6464). */
  onAudioLevel(level: number): void;
}

export interface RtpReceiverOwner {
  onClosed(receiver: RtpReceiver): void;
  requestKeyFrame(stream: ReceiveStream): void;
}

/** One media section in which the peer sends. */
export class RtpReceiver implements ReceiveStreamOwner {
  readonly parameters: RtpReceiverParameters;
  readonly #owner: RtpReceiverOwner;
  #sinks: readonly PacketSink[] = [];
  #closed = false;

  /** Made by `RtpSession.createReceiver`. */
  constructor(parameters: RtpReceiverParameters, owner: RtpReceiverOwner) {
    this.parameters = parameters;
    this.#owner = owner;
  }

  get mid(): string {
    return this.parameters.mid;
  }

  get kind(): 'audio' | 'video' {
    return this.parameters.kind;
  }

  /** Gives it the packets that come from now on, beside those that get them already. */
  addSink(sink: PacketSink): void {
    if (!this.#closed) this.#sinks = [...this.#sinks, sink];
  }

  removeSink(sink: PacketSink): void {
    this.#sinks = this.#sinks.filter((other) => other !== sink);
  }

  /** For `RtpDemuxer` only: the first packet of a stream came. */
  onStream(stream: ReceiveStream): void {
    for (const sink of this.#sinks) sink.onStream(stream);
  }

  /** For `RtpDemuxer` only: received descriptors of one stream. */
  onPackets(
    stream: ReceiveStream,
    rx: Uint32Array,
    first: number,
    last: number,
    batch: SendBatch,
    now: number,
  ): void {
    const sinks = this.#sinks;
    for (let index = 0; index < sinks.length; index++)
      sinks[index]!.onPackets(stream, rx, first, last, batch, now);
  }

  /** For `ReceiveStream` only. */
  onAudioLevel(level: number): void {
    const sinks = this.#sinks;
    for (let index = 0; index < sinks.length; index++) sinks[index]!.onAudioLevel(level);
  }

  /** For `ReceiveStream` only. */
  requestKeyFrame(stream: ReceiveStream): void {
    this.#owner.requestKeyFrame(stream);
  }

  /** Idempotent; its streams are forgotten. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sinks = [];
    this.#owner.onClosed(this);
  }
}
