import {
  ExtensionUri,
  type ExtensionMapping,
  type SdpCodec,
  type SectionOffer,
  supportedCodecs,
} from '@parley/rtp';

export interface SendingOptions {
  mid: string;
  /** Names the track, as in the request that announced it. */
  trackId: string;
}

const CNAME = 'bench';

/** Header extensions under Chromium's ids: a session's sections share them. */
const EXTENSIONS: Record<'audio' | 'video', ExtensionMapping[]> = {
  audio: [
    { id: 1, uri: ExtensionUri.AUDIO_LEVEL },
    { id: 2, uri: ExtensionUri.ABS_SEND_TIME },
    { id: 3, uri: ExtensionUri.TRANSPORT_SEQUENCE },
    { id: 4, uri: ExtensionUri.MID },
  ],
  video: [
    { id: 2, uri: ExtensionUri.ABS_SEND_TIME },
    { id: 3, uri: ExtensionUri.TRANSPORT_SEQUENCE },
    { id: 4, uri: ExtensionUri.MID },
    { id: 10, uri: ExtensionUri.RTP_STREAM_ID },
    { id: 11, uri: ExtensionUri.REPAIRED_RTP_STREAM_ID },
  ],
};

/** A section to receive one track with. */
export function receivingSection(kind: 'audio' | 'video', mid: string): SectionOffer {
  return {
    kind,
    mid,
    direction: 'recvonly',
    codecs: offeredCodecs(kind),
    extensions: EXTENSIONS[kind],
    rids: [],
  };
}

/** A section to send one opus track with. */
export function sendingAudioSection({ mid, trackId }: SendingOptions, ssrc: number): SectionOffer {
  return {
    kind: 'audio',
    mid,
    direction: 'sendonly',
    codecs: offeredCodecs('audio'),
    extensions: EXTENSIONS.audio,
    rids: [],
    sender: { msid: { streamId: CNAME, trackId }, ssrc, cname: CNAME },
  };
}

/** A section to send one VP8 track with: as a single stream, or as several that name themselves by their rids. */
export function sendingVideoSection(
  { mid, trackId }: SendingOptions,
  streams: { ssrc: number; rtxSsrc: number } | { rids: readonly string[] },
): SectionOffer {
  const msid = { streamId: CNAME, trackId };
  const single = 'ssrc' in streams;
  return {
    kind: 'video',
    mid,
    direction: 'sendonly',
    codecs: offeredCodecs('video').slice(0, 1),
    extensions: EXTENSIONS.video,
    rids: single ? [] : streams.rids.map((id) => ({ id, direction: 'send' })),
    sender: single ? { msid, ...streams, cname: CNAME } : { msid, cname: CNAME },
  };
}

/** What browsers offer: feedback of both kinds, so that a server takes the one that it works with. */
function offeredCodecs(kind: 'audio' | 'video'): SdpCodec[] {
  const codecs = supportedCodecs(kind, 'publish');
  return kind === 'audio'
    ? codecs
    : codecs.map((codec) => ({ ...codec, feedback: ['goog-remb', ...codec.feedback] }));
}
