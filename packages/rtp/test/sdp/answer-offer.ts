import {
  answerSetup,
  createAnswer,
  negotiateCodecs,
  negotiateExtensions,
  parseSessionDescription,
  supportedCodecs,
  supportedExtensions,
  type DtlsFingerprint,
  type IceCandidate,
  type MediaSection,
  type SectionAnswer,
} from '../../src/index.js';

/** What the server in these tests says of itself. */
export interface ServerTransport {
  ufrag: string;
  pwd: string;
  fingerprint: DtlsFingerprint;
  candidates: IceCandidate[];
}

/** Credentials that are the same in every run, so that answers can be compared with stored ones. */
export const testTransport: ServerTransport = {
  ufrag: 'PARLEYtest',
  pwd: 'abcdefghijklmnopqrstuvwx',
  fingerprint: { algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') },
  candidates: [
    { foundation: '1', protocol: 'udp', priority: 2_130_706_431, ip: '127.0.0.1', port: 8443, type: 'host' },
    { foundation: '2', protocol: 'tcp', priority: 1_671_430_143, ip: '127.0.0.1', port: 8443, type: 'host' },
  ],
};

/** Answers an offer as a server would: takes what is sent, sends into what is asked for. */
export function answerOffer(sdp: string, transport: ServerTransport = testTransport): string {
  const offer = parseSessionDescription(sdp);

  return createAnswer(offer, {
    sessionId: 1,
    sessionVersion: 1,
    ice: { ufrag: transport.ufrag, pwd: transport.pwd, lite: true },
    fingerprint: transport.fingerprint,
    setup: answerSetup(offer.setup),
    candidates: transport.candidates,
    maxMessageSize: 65_536,
    sections: offer.media.map(answerSection),
  });
}

function answerSection(section: MediaSection): SectionAnswer {
  if (section.kind === 'application') {
    return { action: 'application' };
  }

  const publishes = section.direction === 'sendonly' || section.direction === 'sendrecv';
  const role = publishes ? 'publish' : 'subscribe';
  const common = {
    action: 'accept' as const,
    codecs: negotiateCodecs(section, supportedCodecs(section.kind, role)),
    extensions: negotiateExtensions(section, supportedExtensions(section.kind)),
  };

  if (publishes) {
    return { ...common, direction: 'recvonly', rids: section.simulcast ?? [] };
  }
  if (section.direction === 'inactive') {
    return { ...common, direction: 'inactive' };
  }

  return {
    ...common,
    direction: 'sendonly',
    sender: {
      msid: { streamId: `PA_sender|TR_${section.index}`, trackId: `TR_${section.index}` },
      ssrc: 1000 + section.index,
      ...(section.kind === 'video' && { rtxSsrc: 2000 + section.index }),
      cname: 'PA_sender',
    },
  };
}
