import { isSameMimeType, MimeType } from '../codecs/codec.js';
import { codecsMatch } from '../codecs/codec-match.js';
import type {
  Direction,
  DtlsSetup,
  ExtensionMapping,
  MediaSection,
  SdpCodec,
} from './session-description.js';

/** The direction that answers each direction when both sides may do what is offered. */
const REVERSED: Record<Direction, Direction> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/**
 * The codecs of an offered section that are also among `supported`, ready to answer with.
 *
 * Order and payload types are the offer's. Feedback is what both know. Parameters are the supported codec's for audio;
 * for video and RED they are the offer's, since there they name the format itself. Retransmission is answered where
 * offered.
 */
export function negotiateCodecs(section: MediaSection, supported: readonly SdpCodec[]): SdpCodec[] {
  const chosen: SdpCodec[] = [];

  for (const offered of section.codecs) {
    const own = supported.find(({ codec }) => codecsMatch(codec, offered.codec));

    if (own !== undefined) {
      const isChosen = section.kind === 'audio' && !isSameMimeType(own.codec.mimeType, MimeType.RED);
      const parameters = isChosen ? own.codec.parameters : offered.codec.parameters;

      chosen.push({
        ...offered,
        codec: { ...offered.codec, parameters },
        feedback: own.feedback.filter((kind) => offered.feedback.includes(kind)),
      });
    }
  }

  return chosen;
}

/** The header extensions of an offered section whose URIs are among `supported`, ready to answer with; each URI once. */
export function negotiateExtensions(section: MediaSection, supported: readonly string[]): ExtensionMapping[] {
  const chosen = new Map<string, ExtensionMapping>();

  for (const { id, uri, direction } of section.extensions) {
    if (supported.includes(uri) && !chosen.has(uri) && direction !== 'inactive') {
      chosen.set(uri, { id, uri, ...(direction && { direction: REVERSED[direction] }) });
    }
  }

  return [...chosen.values()];
}

/** Which side of the DTLS handshake to answer with: the server waits unless the peer insists on waiting itself. */
export function answerSetup(offered: DtlsSetup): 'active' | 'passive' {
  return offered === 'passive' ? 'active' : 'passive';
}
