import { type SectionOffer, supportedCodecs, supportedExtensions } from '@parley/rtp';

export interface SendingOptions {
  mid: string;
  ssrc: number;
  rtxSsrc: number;
  /** Names the track, as in the request that announced it. */
  trackId: string;
}

const CNAME = 'bench';

/** A section to receive one track with. */
export function receivingSection(kind: 'audio' | 'video', mid: string): SectionOffer {
  return {
    kind,
    mid,
    direction: 'recvonly',
    codecs: supportedCodecs(kind, 'subscribe'),
    extensions: [],
    rids: [],
  };
}

/** A section to send one VP8 track with. */
export function sendingVideoSection({ mid, ssrc, rtxSsrc, trackId }: SendingOptions): SectionOffer {
  return {
    kind: 'video',
    mid,
    direction: 'sendonly',
    codecs: supportedCodecs('video', 'publish').slice(0, 1),
    extensions: supportedExtensions('video').map((uri, index) => ({ id: index + 1, uri })),
    rids: [],
    sender: { msid: { streamId: CNAME, trackId }, ssrc, rtxSsrc, cname: CNAME },
  };
}
