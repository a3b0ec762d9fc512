import type { Codec } from '../codecs/codec.js';

export type MediaKind = 'audio' | 'video' | 'application';

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** Who starts the DTLS handshake (RFC 8842): `active` does, `passive` waits, `actpass` leaves it to the answerer. */
export type DtlsSetup = 'actpass' | 'active' | 'passive';

/** ICE credentials of one side (RFC 8839). */
export interface IceParameters {
  ufrag: string;
  pwd: string;
  /** The side answers connectivity checks and sends none of its own. */
  lite: boolean;
}

/** Hash of a DTLS certificate (RFC 8122). */
export interface DtlsFingerprint {
  algorithm: 'sha-256';
  /** 32 upper-case hex pairs with colons between them. */
  value: string;
}

/** An address that a side can be reached at (RFC 8839 section 5.1). */
export interface IceCandidate {
  foundation: string;
  protocol: 'udp' | 'tcp';
  priority: number;
  /** IPv4 or IPv6 address, or an mDNS name. */
  ip: string;
  port: number;
  type: 'host' | 'srflx' | 'prflx' | 'relay';
}

/** A codec under its payload type. */
export interface SdpCodec {
  payloadType: number;
  codec: Codec;
  /** RTCP feedback, as in `a=rtcp-fb` behind the payload type: `nack`, `nack pli`, `ccm fir`, `transport-cc`, … */
  feedback: readonly string[];
  /** Payload type of its retransmissions (RFC 4588). */
  rtxPayloadType?: number;
}

/** A header extension under its id (RFC 8285). */
export interface ExtensionMapping {
  id: number;
  uri: string;
  /** From the describer's view; both ways when missing. */
  direction?: Direction;
}

/** Which MediaStream and track a section's media belongs to (RFC 8830). */
export interface Msid {
  /** `-` for no stream. */
  streamId: string;
  /** Empty when not told. */
  trackId: string;
}

/** A stream's SSRC, as announced in `a=ssrc` (RFC 5576). */
export interface SsrcDescription {
  ssrc: number;
  cname?: string;
}

/** A restricted stream: one simulcast layer (RFC 8851). */
export interface RidDescription {
  id: string;
  direction: 'send' | 'recv';
}

/** Where data channels run (RFC 8841). */
export interface SctpParameters {
  port: number;
  /** Bytes of the greatest message that the describer takes; 0 for no limit. */
  maxMessageSize: number;
}

/** One `m=` section. */
export interface MediaSection {
  /** Position among the sections. Says nothing about the mid. */
  index: number;
  mid: string;
  kind: MediaKind;
  /** Transport protocol of the `m=` line, to be repeated in the answer. */
  protocol: string;
  /** Refused or stopped: port 0, and not `a=bundle-only`. The other fields may then be empty. */
  rejected: boolean;
  direction: Direction;
  /** In the describer's order of preference; repair formats (rtx) are with the codec that they repair. */
  codecs: SdpCodec[];
  extensions: ExtensionMapping[];
  rtcpReducedSize: boolean;
  msid?: Msid;
  ssrcs: SsrcDescription[];
  /** Pairs of a stream's SSRC and that of its retransmissions. */
  rtxPairs: [ssrc: number, rtxSsrc: number][];
  rids: RidDescription[];
  /** Rids of the simulcast layers that the describer sends, in its order. */
  simulcast?: string[];
  sctp?: SctpParameters;
  candidates: IceCandidate[];
}

/** A validated session description whose media all run over one transport. */
export interface SessionDescription {
  ice: IceParameters;
  fingerprint: DtlsFingerprint;
  setup: DtlsSetup;
  /** Mids of the sections that share the transport: all but rejected ones, the one that describes it first. */
  bundle: string[];
  /** One- and two-byte header extensions may be mixed in one stream (RFC 8285 section 4.1.2). */
  extmapAllowMixed: boolean;
  media: MediaSection[];
}
