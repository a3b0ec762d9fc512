import type { MediaSection, SdpCodec } from '@parley/rtp';
import { MimeType, RED, isSameMimeType, negotiateCodecs, supportedCodecs } from '@parley/rtp';
import type { Publication } from '@parley/sfu';
import { TrackDetails } from './track-info.js';

/** Bits per second that a publisher of stereo may send: what opus takes at most. */
const MAX_STEREO_BITRATE = '510000';

/**
 * The codecs of a section in which a client sends audio: RED first where the track may have it, as clients send the first;
 * opus with next to nothing in silence (DTX), unless the track is not to have that, and with two channels if it has them.
 */
export function receivedAudioCodecs(section: MediaSection, { appData }: Publication): SdpCodec[] {
  const details = appData instanceof TrackDetails ? appData : undefined;
  const [red, others] = partition(negotiateAudio(section, 'publish'));
  const codecs = others.map((codec) =>
    withParameters(codec, {
      ...(details?.disableDtx !== true && { usedtx: '1' }),
      ...(details?.stereo === true && { stereo: '1', maxaveragebitrate: MAX_STEREO_BITRATE }),
    }),
  );
  return details?.disableRed === true ? codecs : [...red, ...codecs];
}

/** The codecs of a section in which a client receives audio: opus, and RED for those who publish that. */
export function sentAudioCodecs(section: MediaSection, publication: Publication): SdpCodec[] {
  const [red, others] = partition(negotiateAudio(section, 'subscribe'));
  const codecs = others.map((codec) => asSent(codec, publication));
  return [...codecs, ...red];
}

/** The codecs of a section that the server offers, to send audio in. */
export function offeredAudioCodecs(publication: Publication): SdpCodec[] {
  return [...supportedCodecs('audio', 'subscribe').map((codec) => asSent(codec, publication)), RED];
}

/** Tells a client that two channels come: it decodes one only else. */
function asSent(codec: SdpCodec, { appData }: Publication): SdpCodec {
  const isStereo = appData instanceof TrackDetails && appData.stereo;
  return isStereo ? withParameters(codec, { 'sprop-stereo': '1' }) : codec;
}

function negotiateAudio(section: MediaSection, role: 'publish' | 'subscribe'): SdpCodec[] {
  const codecs = negotiateCodecs(section, [...supportedCodecs('audio', role), RED]);
  const opus = codecs.filter(({ codec }) => isSameMimeType(codec.mimeType, MimeType.OPUS));
  // RED of anything but the opus that is negotiated beside it (RFC 2198 section 5: `a=fmtp:63 111/111`) is of no use.
  return codecs.filter(
    (codec) => !isRed(codec) || opus.some(({ payloadType }) => repeatsOnly(codec, payloadType)),
  );
}

function repeatsOnly({ codec }: SdpCodec, payloadType: number): boolean {
  const [blocks = ''] = Object.keys(codec.parameters);
  return blocks !== '' && blocks.split('/').every((block) => block === String(payloadType));
}

function isRed({ codec }: SdpCodec): boolean {
  return isSameMimeType(codec.mimeType, MimeType.RED);
}

function partition(codecs: readonly SdpCodec[]): [red: SdpCodec[], others: SdpCodec[]] {
  return [codecs.filter(isRed), codecs.filter((codec) => !isRed(codec))];
}

/** Opus only has parameters that could be chosen. */
function withParameters(described: SdpCodec, parameters: Readonly<Record<string, string>>): SdpCodec {
  const { codec } = described;
  return { ...described, codec: { ...codec, parameters: { ...codec.parameters, ...parameters } } };
}
