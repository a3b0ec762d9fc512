import type { MediaRole, SdpCodec } from '@parley/rtp';
import { isSameMimeType, supportedCodecs } from '@parley/rtp';
import type { Participant, TrackKind } from '@parley/sfu';
import { ParticipantDetails } from './participant-info.js';

/** Codecs that the server supports and does not withhold from this participant's client, preferred ones first. */
export function clientCodecs(
  { appData }: Pick<Participant, 'appData'>,
  kind: TrackKind,
  role: MediaRole,
): SdpCodec[] {
  const disabled = appData instanceof ParticipantDetails ? appData.disabledCodecs[role] : [];
  return supportedCodecs(kind, role).filter(
    ({ codec }) => !disabled.some((mimeType) => isSameMimeType(codec.mimeType, mimeType)),
  );
}

/** With the codecs of one media type first: a section names all that it may be needed for, the one in use before the others. */
export function withFirst(codecs: readonly SdpCodec[], mimeType: string): SdpCodec[] {
  const isFirst = ({ codec }: SdpCodec): boolean => isSameMimeType(codec.mimeType, mimeType);
  return [...codecs.filter(isFirst), ...codecs.filter((codec) => !isFirst(codec))];
}
