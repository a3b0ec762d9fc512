import { MimeType, type Codec } from '../codecs/codec.js';
import { ExtensionUri } from '../header-extensions.js';
import type { SdpCodec } from './session-description.js';

/** Whether a section carries media from the peer to the server (`publish`) or from the server to the peer. */
export type MediaRole = 'publish' | 'subscribe';

const OPUS_PAYLOAD_TYPE = 111;
const OPUS: Codec = {
  mimeType: MimeType.OPUS,
  clockRate: 48_000,
  channels: 2,
  parameters: { minptime: '10', useinbandfec: '1' },
};

/** Feedback on what the path carries (REMB where a client knows nothing better) and on what was lost. */
const VIDEO_FEEDBACK = ['goog-remb', 'transport-cc', 'ccm fir', 'nack', 'nack pli'];

/** Packets of opus that repeat those before them (RFC 2198). */
export const RED: SdpCodec = {
  payloadType: 63,
  codec: {
    mimeType: MimeType.RED,
    clockRate: OPUS.clockRate,
    channels: 2,
    parameters: { [`${OPUS_PAYLOAD_TYPE}/${OPUS_PAYLOAD_TYPE}`]: '' },
  },
  feedback: ['transport-cc'],
};

/**
 * Audio codecs that Parley supports; RED is for those who choose it.
 *
 * Lost audio is asked for from publishers only: toward subscribers opus conceals single losses by itself.
 */
export function supportedAudioCodecs(role: MediaRole): SdpCodec[] {
  const feedback = role === 'publish' ? ['nack', 'transport-cc'] : ['transport-cc'];
  return [{ payloadType: OPUS_PAYLOAD_TYPE, codec: OPUS, feedback }];
}

/** Video codecs that Parley supports, preferred ones first. */
export function supportedVideoCodecs(): SdpCodec[] {
  const codecs: [payloadType: number, codec: Codec][] = [
    [96, video(MimeType.VP8, {})],
    [98, video(MimeType.VP9, { 'profile-id': '0' })],
    [102, h264('42e01f', '1')],
    [104, h264('42e01f', '0')],
    [106, h264('42001f', '1')],
    [108, h264('42001f', '0')],
    [112, h264('4d001f', '1')],
    [114, h264('4d001f', '0')],
    [116, video(MimeType.AV1, { profile: '0' })],
  ];

  return codecs.map(([payloadType, codec]) => ({
    payloadType,
    codec,
    feedback: VIDEO_FEEDBACK,
    rtxPayloadType: payloadType + 1,
  }));
}

/** Codecs of one kind that Parley supports. */
export function supportedCodecs(kind: 'audio' | 'video', role: MediaRole): SdpCodec[] {
  return kind === 'audio' ? supportedAudioCodecs(role) : supportedVideoCodecs();
}

/**
 * URIs of the header extensions that Parley accepts, in whichever direction media goes: Chromium offers in the sections
 * that it adds only what was accepted in those before, and those are the ones in which it receives.
 *
 * Packets are forwarded without most of them. So the orientation of video must not be accepted: without it, the publisher
 * turns the picture itself.
 */
export function supportedExtensions(kind: 'audio' | 'video'): string[] {
  return kind === 'audio'
    ? [ExtensionUri.MID, ExtensionUri.AUDIO_LEVEL, ExtensionUri.TRANSPORT_SEQUENCE]
    : [
        ExtensionUri.MID,
        ExtensionUri.RTP_STREAM_ID,
        ExtensionUri.REPAIRED_RTP_STREAM_ID,
        ExtensionUri.TRANSPORT_SEQUENCE,
        ExtensionUri.DEPENDENCY_DESCRIPTOR,
      ];
}

function video(mimeType: string, parameters: Record<string, string>): Codec {
  return { mimeType, clockRate: 90_000, parameters };
}

function h264(profileLevelId: string, packetizationMode: string): Codec {
  return video(MimeType.H264, {
    'level-asymmetry-allowed': '1',
    'packetization-mode': packetizationMode,
    'profile-level-id': profileLevelId,
  });
}
