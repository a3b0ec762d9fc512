import { describe, expect, test } from 'vitest';
import { parseSessionDescription } from '../../src/index.js';
import { parseFormatParameters } from '../../src/sdp/parse-codecs.js';
import { fixture } from './fixtures.js';

describe('codecs of a section', () => {
  test('stand in the order of the media line, with parameters, feedback and retransmission', () => {
    const { media } = parseSessionDescription(fixture('chromium-join'));

    expect(media[0]?.codecs[0]).toEqual({
      payloadType: 111,
      codec: {
        mimeType: 'audio/opus',
        clockRate: 48_000,
        channels: 2,
        parameters: { minptime: '10', useinbandfec: '1' },
      },
      feedback: ['transport-cc'],
    });
    expect(media[3]?.codecs[0]).toEqual({
      payloadType: 96,
      codec: { mimeType: 'video/VP8', clockRate: 90_000, parameters: {} },
      feedback: ['goog-remb', 'transport-cc', 'ccm fir', 'nack', 'nack pli'],
      rtxPayloadType: 97,
    });
  });

  test('follow a changed order of the media line', () => {
    const sdp = fixture('rtc-node-join').replace(/(m=video 9 \S+) 96 97/, '$1 98 99 96 97');
    const names = parseSessionDescription(sdp).media[3]?.codecs.map(({ codec }) => codec.mimeType);

    expect(names?.slice(0, 2)).toEqual(['video/VP9', 'video/VP8']);
  });

  test('keep parameters that are no pairs, and one channel where none is told', () => {
    const [, red, g722] = parseSessionDescription(fixture('chromium-join')).media[0]?.codecs ?? [];

    expect(red?.codec).toMatchObject({ mimeType: 'audio/red', parameters: { '111/111': '' } });
    expect(g722?.codec).toMatchObject({ mimeType: 'audio/g722', channels: 1 });
  });

  test('take feedback that is meant for all of them', () => {
    const sdp = fixture('chromium-join').replace('a=rtcp-fb:111 transport-cc', 'a=rtcp-fb:* nack');

    expect(
      parseSessionDescription(sdp).media[0]?.codecs.every(({ feedback }) => feedback[0] === 'nack'),
    ).toBe(true);
  });

  test('leave out payload types without a map, and maps without a payload type', () => {
    const sdp = fixture('chromium-join')
      .replace('a=rtpmap:111', 'a=rtpmap:112')
      .replace('SAVPF 111', 'SAVPF 111 200 x');

    expect(parseSessionDescription(sdp).media[0]?.codecs[0]?.payloadType).toBe(63);
  });
});

describe('parseFormatParameters()', () => {
  test('takes names in lower case, with and without blanks', () => {
    expect(parseFormatParameters('Profile-Id=0; x=y=z ;;flag')).toEqual({
      'profile-id': '0',
      x: 'y=z',
      flag: '',
    });
  });

  test('takes no parameter for anything else', () => {
    expect(Object.keys(parseFormatParameters('__proto__=1;constructor=2'))).toEqual([
      '__proto__',
      'constructor',
    ]);
    expect(parseFormatParameters('')).toEqual({});
  });
});
