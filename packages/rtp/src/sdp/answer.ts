import {
  writeDescription,
  type LocalDescription,
  type LocalSection,
  type LocalSender,
} from './local-description.js';
import type { ExtensionMapping, MediaSection, SdpCodec, SessionDescription } from './session-description.js';

/** What to answer; see `LocalDescription`. */
export interface AnswerParameters extends Omit<LocalDescription, 'extmapAllowMixed' | 'sections' | 'setup'> {
  /** See `answerSetup`; must stay the same as long as the DTLS association lives. */
  setup: 'active' | 'passive';
  /** Answers to the offer's sections, by index. A section without an answer is rejected. */
  sections: readonly SectionAnswer[];
}

/** The answer to one section. A section that the offer rejects is rejected whatever this says. */
export type SectionAnswer = MediaAnswer | { action: 'application' } | { action: 'reject' };

/** Takes an audio or video section. Without a codec in common it is rejected, as RFC 3264 section 6 has it. */
export interface MediaAnswer {
  action: 'accept';
  /** From the answerer's view. */
  direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
  /** As `negotiateCodecs` chose them. */
  codecs: readonly SdpCodec[];
  /** As `negotiateExtensions` chose them. */
  extensions: readonly ExtensionMapping[];
  /** Rids of the offer's simulcast layers to receive; none for one layer. */
  rids?: readonly string[];
  /** The stream sent, with `sendonly` and `sendrecv`. */
  sender?: LocalSender;
}

const REJECT: SectionAnswer = { action: 'reject' };

/**
 * Writes the answer to an offer (RFC 8829 section 5.3): sections in the offer's order with its mids and protocols, RTCP
 * multiplexed with RTP, all sections but rejected ones in one bundle.
 */
export function createAnswer(offer: SessionDescription, answer: AnswerParameters): string {
  return writeDescription({
    ...answer,
    extmapAllowMixed: offer.extmapAllowMixed,
    sections: offer.media.map((section) => answerSection(section, answer.sections[section.index] ?? REJECT)),
  });
}

function answerSection(offered: MediaSection, answer: SectionAnswer): LocalSection {
  const { kind, mid, protocol } = offered;

  if (!offered.rejected && kind === 'application' && offered.sctp && answer.action === 'application') {
    return { kind, mid, protocol };
  }
  if (
    offered.rejected ||
    kind === 'application' ||
    answer.action !== 'accept' ||
    answer.codecs.length === 0
  ) {
    return { kind: 'rejected', media: kind, mid, protocol };
  }

  const accepted = answer.rids ?? [];

  return {
    kind,
    mid,
    protocol,
    direction: answer.direction,
    codecs: answer.codecs,
    extensions: answer.extensions,
    rtcpReducedSize: offered.rtcpReducedSize,
    rids: (offered.simulcast ?? [])
      .filter((id) => accepted.includes(id))
      .map((id) => ({ id, direction: 'recv' })),
    ...(answer.sender && { sender: answer.sender }),
  };
}
