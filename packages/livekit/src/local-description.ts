import type { IceCandidate, LocalDescription } from '@parley/rtp';
import type { Participant } from '@parley/sfu';
import type { WebRtcServer, WebRtcTransport } from '@parley/transport';

/** What descriptions need of the server. */
export type NegotiationServer = Pick<WebRtcServer, 'fingerprint' | 'candidates'>;

/** Bytes of the greatest data channel message taken: what the transport takes. */
const MAX_MESSAGE_SIZE = 262_144;

/** What all descriptions of the server's side of one transport have in common. */
export function localDescription(
  participant: Participant,
  transport: WebRtcTransport,
  server: NegotiationServer,
): Omit<LocalDescription, 'extmapAllowMixed' | 'sections' | 'sessionVersion' | 'setup'> {
  return {
    sessionId: Math.floor(participant.joinedAt),
    ice: { ufrag: transport.iceUfrag, pwd: transport.icePassword, lite: true },
    fingerprint: { algorithm: 'sha-256', value: server.fingerprint },
    candidates: server.candidates.map((candidate): IceCandidate => ({ ...candidate, type: 'host' })),
    maxMessageSize: MAX_MESSAGE_SIZE,
  };
}
