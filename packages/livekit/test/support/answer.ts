import { createAnswer, parseSessionDescription } from '@parley/rtp';

/** A browser's answer to an offer of the server's: takes everything, but for the mids to reject. */
export function answerTo(
  offer: string,
  { reject = [], ufrag = 'browser' }: { reject?: readonly string[]; ufrag?: string } = {},
): string {
  const description = parseSessionDescription(offer);
  return createAnswer(description, {
    sessionId: 1,
    sessionVersion: 1,
    ice: { ufrag, pwd: 'passwordOfTwentyFourSigns', lite: false },
    fingerprint: { algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'CD').join(':') },
    setup: 'active',
    candidates: [],
    maxMessageSize: 262_144,
    sections: description.media.map((section) => {
      if (reject.includes(section.mid)) return { action: 'reject' };
      if (section.kind === 'application') return { action: 'application' };
      const { codecs, extensions } = section;
      const direction = section.direction === 'sendonly' ? 'recvonly' : 'inactive';
      return { action: 'accept', direction, codecs, extensions };
    }),
  });
}
