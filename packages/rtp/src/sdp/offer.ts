import {
  writeDescription,
  type LocalApplicationSection,
  type LocalDescription,
  type LocalMediaSection,
  type RejectedSection,
} from './local-description.js';

const RTP_PROTOCOL = 'UDP/TLS/RTP/SAVPF';
const SCTP_PROTOCOL = 'UDP/DTLS/SCTP';

/** What to offer; see `LocalDescription`. */
export interface OfferParameters extends Omit<LocalDescription, 'extmapAllowMixed' | 'sections' | 'setup'> {
  sections: readonly SectionOffer[];
}

/** One section to offer, without what is the same in all offers. */
export type SectionOffer =
  | Omit<LocalMediaSection, 'protocol' | 'rtcpReducedSize'>
  | Omit<LocalApplicationSection, 'protocol'>
  | Omit<RejectedSection, 'protocol'>;

/** Writes an offer that leaves the side of the DTLS handshake to the answerer (RFC 8829 section 5.2). */
export function createOffer(offer: OfferParameters): string {
  return writeDescription({
    ...offer,
    setup: 'actpass',
    extmapAllowMixed: true,
    sections: offer.sections.map((section) => {
      switch (section.kind) {
        case 'application':
          return { ...section, protocol: SCTP_PROTOCOL };
        case 'rejected':
          return { ...section, protocol: section.media === 'application' ? SCTP_PROTOCOL : RTP_PROTOCOL };
        default:
          return { ...section, protocol: RTP_PROTOCOL, rtcpReducedSize: true };
      }
    }),
  });
}
