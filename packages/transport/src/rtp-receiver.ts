import type { Encoding, NegotiatedCodec } from './encoding.js';
import type { SendBatch } from './send-batch.js';

export interface RtpReceiverParameters {
  mid: string;
  kind: 'audio' | 'video';
  /** As negotiated, in the answer's order. */
  codecs: readonly NegotiatedCodec[];
  /** Ids of the header extensions that were negotiated. */
  extensions: {
    mid?: number;
    rid?: number;
    repairedRid?: number;
    audioLevel?: number;
    transportSequence?: number;
    /** Of use only where there is no transport-wide sequence number. */
    absSendTime?: number;
    dependencyDescriptor?: number;
  };
  /** Media SSRCs that the session description names; those it does not are learned from mid and rid. */
  ssrcs: readonly number[];
  rtxPairs: readonly (readonly [ssrc: number, rtxSsrc: number])[];
  /** RTP stream ids accepted; empty without simulcast. */
  rids: readonly string[];
}

/** Who takes what a receiver receives. */
export interface ReceiverSink {
  /** The first packet of a stream came; `onPackets` follows. */
  onEncoding(encoding: Encoding): void;
  /** Received descriptors `first` to `last` (exclusive) of one stream: the hot path. Dropped ones are marked. */
  onPackets(
    encoding: Encoding,
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
  requestKeyFrame(encoding: Encoding): void;
}

/** One media section in which the peer sends. */
export class RtpReceiver {
  readonly parameters: RtpReceiverParameters;
  /** Set by whoever wants the packets. */
  sink: ReceiverSink | undefined;
  readonly #owner: RtpReceiverOwner;
  #closed = false;

  /** Made by `WebRtcTransport.createReceiver`. */
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

  /** For `Encoding` only. */
  requestKeyFrame(encoding: Encoding): void {
    this.#owner.requestKeyFrame(encoding);
  }

  /** Idempotent; its streams are forgotten. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.sink = undefined;
    this.#owner.onClosed(this);
  }
}
