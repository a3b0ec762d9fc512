import { describe, expect, test } from 'vitest';
import {
  createAnswer,
  parseSessionDescription,
  type AnswerParameters,
  type SectionAnswer,
  type SessionDescription,
} from '../../src/index.js';
import { answerOffer, testTransport } from './answer-offer.js';
import { fixture, fixtureNames } from './fixtures.js';

function answer(offer: SessionDescription, sections: SectionAnswer[], more: Partial<AnswerParameters> = {}) {
  return createAnswer(offer, {
    sessionId: 1,
    sessionVersion: 1,
    ice: { ufrag: testTransport.ufrag, pwd: testTransport.pwd, lite: true },
    fingerprint: testTransport.fingerprint,
    setup: 'passive',
    candidates: testTransport.candidates,
    maxMessageSize: 65_536,
    sections,
    ...more,
  });
}

/** Lines of one section of a description, 0 being the session. */
function sectionLines(sdp: string, index: number): string[] {
  return (sdp.split(/(?=^m=)/m)[index] ?? '').trim().split('\r\n');
}

describe('createAnswer()', () => {
  // That Chromium and rtc-node take these very answers is checked by fixtures/capture.mjs.
  test.each(fixtureNames)('answers the offer %s', (name) => {
    expect(answerOffer(fixture(name))).toMatchSnapshot();
  });

  test.each(fixtureNames)('keeps order, mids, kinds and protocols of %s', (name) => {
    const offer = parseSessionDescription(fixture(name));
    const answered = parseSessionDescription(answerOffer(fixture(name)));
    const shape = ({ media }: SessionDescription) =>
      media.map(({ index, mid, kind, protocol }) => [index, mid, kind, protocol]);

    expect(shape(answered)).toEqual(shape(offer));
    expect(answered).toMatchObject({ ice: { lite: true }, setup: 'passive', bundle: offer.bundle });
  });

  test('tells a peer what it is sent: stream, track, SSRC and retransmissions', () => {
    const { media } = parseSessionDescription(answerOffer(fixture('rtc-node-join')));

    expect(media[3]).toMatchObject({
      direction: 'sendonly',
      msid: { streamId: 'PA_sender|TR_3', trackId: 'TR_3' },
      ssrcs: [
        { ssrc: 1003, cname: 'PA_sender' },
        { ssrc: 2003, cname: 'PA_sender' },
      ],
      rtxPairs: [[1003, 2003]],
    });
    expect(media[0]?.rtxPairs).toEqual([]);
  });

  test('puts the candidates into the first section of the bundle, and says that there are no more', () => {
    const sdp = answerOffer(fixture('rtc-node-join'));

    expect(sectionLines(sdp, 1)).toEqual(
      expect.arrayContaining([
        'a=candidate:1 1 udp 2130706431 127.0.0.1 8443 typ host',
        'a=candidate:2 1 tcp 1671430143 127.0.0.1 8443 typ host tcptype passive',
        'a=end-of-candidates',
      ]),
    );
    expect(sdp.match(/a=candidate/g)).toHaveLength(2);
    expect(parseSessionDescription(sdp).media[0]?.candidates).toEqual(testTransport.candidates);
  });

  test('rejects sections without an answer, without codecs or of another kind, outside the bundle', () => {
    const offer = parseSessionDescription(fixture('chromium-join'));
    const sdp = answer(offer, [
      { action: 'accept', direction: 'recvonly', codecs: [], extensions: [] },
      { action: 'application' },
      { action: 'reject' },
    ]);

    expect(sdp.match(/^m=.*/gm)).toEqual([
      ...Array<string>(3).fill('m=audio 0 UDP/TLS/RTP/SAVPF 0'),
      ...Array<string>(3).fill('m=video 0 UDP/TLS/RTP/SAVPF 0'),
      'm=application 0 UDP/DTLS/SCTP webrtc-datachannel',
    ]);
    expect(sdp).not.toContain('a=group');
    expect(sectionLines(sdp, 3)).toEqual([
      'm=audio 0 UDP/TLS/RTP/SAVPF 0',
      'c=IN IP4 0.0.0.0',
      'a=mid:2',
      'a=inactive',
    ]);
  });

  test('puts the candidates into the second section when the first is rejected', () => {
    const offer = parseSessionDescription(fixture('rtc-node-publisher'));
    const sdp = answer(
      offer,
      offer.media.map(({ kind }): SectionAnswer => ({
        action: kind === 'application' ? 'application' : 'reject',
      })),
    );

    expect(parseSessionDescription(sdp)).toMatchObject({
      bundle: ['13'],
      ice: { ufrag: testTransport.ufrag },
    });
    expect(sectionLines(sdp, 7)).toContain('a=end-of-candidates');
  });

  test('rejects what the offer rejects, whatever it is told', () => {
    const offer = parseSessionDescription(fixture('rtc-node-join').replace(/m=audio 9/, 'm=audio 0'));
    const { codecs } = offer.media[0] ?? { codecs: [] };
    const accept: SectionAnswer = { action: 'accept', direction: 'sendonly', codecs, extensions: [] };
    const answered = parseSessionDescription(answer(offer, [accept, accept]));

    expect(answered.media.map(({ rejected }) => rejected)).toEqual([
      true,
      false,
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(answered.bundle).toEqual(['1']);
  });

  test('receives only the simulcast layers that it is told and that are offered', () => {
    const offer = parseSessionDescription(fixture('chromium-simulcast'));
    const { codecs } = offer.media[1] ?? { codecs: [] };
    const sdp = answer(offer, [
      { action: 'reject' },
      { action: 'accept', direction: 'recvonly', codecs, extensions: [], rids: ['h', 'x', 'q'] },
    ]);

    expect(sectionLines(sdp, 2).slice(-3)).toEqual(['a=rid:q recv', 'a=rid:h recv', 'a=simulcast:recv q;h']);
    expect(sectionLines(sdp, 2).some((line) => line.startsWith('a=ssrc'))).toBe(false);
  });

  test('reduces RTCP and mixes header extensions only where offered', () => {
    const plain = fixture('chromium-join')
      .replaceAll('a=rtcp-rsize\r\n', '')
      .replace('a=extmap-allow-mixed\r\n', '');

    expect(answerOffer(plain)).not.toMatch(/rtcp-rsize|extmap-allow-mixed/);
    expect(answerOffer(fixture('chromium-join'))).toMatch(/rtcp-rsize/);
  });

  test('starts the DTLS handshake for a peer that waits', () => {
    const { setup } = parseSessionDescription(
      answerOffer(fixture('chromium-join').replaceAll('actpass', 'passive')),
    );

    expect(setup).toBe('active');
  });
});
