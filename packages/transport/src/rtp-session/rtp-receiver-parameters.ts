import type { NegotiatedCodec } from './negotiated-codec.js';

/** What was negotiated of a media section in which the peer sends. */
export interface RtpReceiverParameters {
  mid: string;
  kind: 'audio' | 'video';
  /** As negotiated, in the answer's order. */
  codecs: readonly NegotiatedCodec[];
  /** Ids of the header extensions that were negotiated. */
  extensions: {
    mid?: number | undefined;
    rid?: number | undefined;
    repairedRid?: number | undefined;
    audioLevel?: number | undefined;
    transportSequence?: number | undefined;
    /** Of use only where there is no transport-wide sequence number. */
    absSendTime?: number | undefined;
    dependencyDescriptor?: number | undefined;
  };
  /** Media SSRCs that the session description names; those it does not are learned from mid and rid. */
  ssrcs: readonly number[];
  rtxPairs: readonly (readonly [ssrc: number, rtxSsrc: number])[];
  /** RTP stream ids accepted; empty without simulcast. */
  rids: readonly string[];
}
