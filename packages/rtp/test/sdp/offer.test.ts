import { describe, expect, test } from 'vitest';
import {
  createOffer,
  ExtensionUri,
  parseSessionDescription,
  supportedCodecs,
  type OfferParameters,
} from '../../src/index.js';
import { answerOffer, testTransport } from './answer-offer.js';

const offer: OfferParameters = {
  sessionId: 7,
  sessionVersion: 3,
  ice: { ufrag: testTransport.ufrag, pwd: testTransport.pwd, lite: false },
  fingerprint: testTransport.fingerprint,
  candidates: [],
  maxMessageSize: 262_144,
  sections: [
    {
      kind: 'audio',
      mid: 'a',
      direction: 'sendonly',
      codecs: supportedCodecs('audio', 'publish'),
      extensions: [{ id: 1, uri: ExtensionUri.AUDIO_LEVEL, direction: 'sendonly' }],
      sender: { msid: { streamId: 's', trackId: 't' }, ssrc: 1, cname: 'c' },
      rids: [],
    },
    {
      kind: 'video',
      mid: 'v',
      direction: 'sendonly',
      codecs: supportedCodecs('video', 'publish'),
      extensions: [{ id: 2, uri: ExtensionUri.MID }],
      sender: { msid: { streamId: 's', trackId: 'u' }, cname: 'c' },
      rids: [
        { id: 'q', direction: 'send' },
        { id: 'f', direction: 'send' },
      ],
    },
    { kind: 'rejected', media: 'video', mid: 'gone' },
    { kind: 'rejected', media: 'application', mid: 'gone-too' },
    {
      kind: 'video',
      mid: 'w',
      direction: 'recvonly',
      codecs: supportedCodecs('video', 'subscribe'),
      extensions: [],
      rids: [],
    },
    { kind: 'application', mid: 'd' },
  ],
};

describe('createOffer()', () => {
  test('writes an offer', () => {
    expect(createOffer(offer)).toMatchSnapshot();
  });

  test('is read as it was meant', () => {
    const description = parseSessionDescription(createOffer(offer));
    const [audio, video, rejected] = description.media;

    expect(description).toMatchObject({
      setup: 'actpass',
      bundle: ['a', 'v', 'w', 'd'],
      extmapAllowMixed: true,
    });
    expect(audio).toMatchObject({
      codecs: supportedCodecs('audio', 'publish'),
      extensions: [{ id: 1, uri: ExtensionUri.AUDIO_LEVEL, direction: 'sendonly' }],
      msid: { streamId: 's', trackId: 't' },
      ssrcs: [{ ssrc: 1, cname: 'c' }],
      rtcpReducedSize: true,
    });
    expect(video).toMatchObject({
      codecs: supportedCodecs('video', 'publish'),
      simulcast: ['q', 'f'],
      ssrcs: [],
    });
    expect(rejected).toMatchObject({ mid: 'gone', rejected: true });
    expect(description.media[5]?.sctp).toEqual({ port: 5000, maxMessageSize: 262_144 });
  });

  test('is answered like the offer of a browser', () => {
    const answered = parseSessionDescription(answerOffer(createOffer(offer)));

    expect(answered.media.map(({ mid, direction, rejected }) => [mid, direction, rejected])).toEqual([
      ['a', 'recvonly', false],
      ['v', 'recvonly', false],
      ['gone', 'inactive', true],
      ['gone-too', 'inactive', true],
      ['w', 'sendonly', false],
      ['d', 'sendrecv', false],
    ]);
    expect(answered.media[1]?.rids).toEqual([
      { id: 'q', direction: 'recv' },
      { id: 'f', direction: 'recv' },
    ]);
  });
});
