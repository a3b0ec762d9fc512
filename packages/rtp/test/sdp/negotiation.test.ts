import { describe, expect, test } from 'vitest';
import {
  answerSetup,
  ExtensionUri,
  negotiateCodecs,
  negotiateExtensions,
  parseSessionDescription,
  RED,
  supportedCodecs,
  supportedExtensions,
  type MediaSection,
} from '../../src/index.js';
import { fixture, fixtureNames } from './fixtures.js';

function section(name: (typeof fixtureNames)[number], index: number): MediaSection {
  const found = parseSessionDescription(fixture(name)).media[index];

  if (found === undefined) {
    throw new Error(`${name} has no section ${index}`);
  }

  return found;
}

describe('negotiateCodecs()', () => {
  test('takes opus with the parameters of the answerer, and RED only if told', () => {
    const offered = section('chromium-simulcast', 0);
    const supported = supportedCodecs('audio', 'publish');

    expect(negotiateCodecs(offered, supported)).toEqual([
      {
        payloadType: 111,
        codec: {
          mimeType: 'audio/opus',
          clockRate: 48_000,
          channels: 2,
          parameters: { minptime: '10', useinbandfec: '1' },
        },
        feedback: ['transport-cc'],
      },
    ]);
    expect(negotiateCodecs(offered, [...supported, RED]).map(({ payloadType }) => payloadType)).toEqual([
      111, 63,
    ]);
  });

  test.each(fixtureNames)('takes the video codecs of %s under the payload types of the offer', (name) => {
    const index = name === 'chromium-simulcast' ? 1 : 3;
    const chosen = negotiateCodecs(section(name, index), supportedCodecs('video', 'publish'));

    expect(
      chosen.map(({ payloadType, rtxPayloadType, codec }) => [
        payloadType,
        rtxPayloadType,
        codec.mimeType,
        ...Object.values(codec.parameters),
      ]),
    ).toMatchSnapshot();
    expect(
      chosen.every(({ feedback }) => feedback.includes('nack pli') && !feedback.includes('ccm tmmbr')),
    ).toBe(true);
  });

  test('asks subscribers for feedback on what their path carries', () => {
    const chosen = negotiateCodecs(section('chromium-join', 3), supportedCodecs('video', 'subscribe'));

    expect(chosen[0]?.feedback).toEqual(['goog-remb', 'transport-cc', 'ccm fir', 'nack', 'nack pli']);
  });

  test('gives nothing when no codec is known to both', () => {
    expect(negotiateCodecs(section('chromium-join', 0), supportedCodecs('video', 'publish'))).toEqual([]);
  });
});

describe('negotiateExtensions()', () => {
  test('takes what both know under the ids of the offer', () => {
    expect(negotiateExtensions(section('chromium-simulcast', 1), supportedExtensions('video'))).toEqual([
      { id: 3, uri: ExtensionUri.TRANSPORT_SEQUENCE },
      { id: 4, uri: ExtensionUri.MID },
      { id: 10, uri: ExtensionUri.RTP_STREAM_ID },
      { id: 11, uri: ExtensionUri.REPAIRED_RTP_STREAM_ID },
      { id: 12, uri: ExtensionUri.DEPENDENCY_DESCRIPTOR },
    ]);
  });

  test('answers a direction with its reverse, leaves out inactive ones, takes a URI once', () => {
    const offered: MediaSection = {
      ...section('chromium-join', 0),
      extensions: [
        { id: 1, uri: 'a', direction: 'sendonly' },
        { id: 2, uri: 'b', direction: 'inactive' },
        { id: 3, uri: 'a' },
        { id: 4, uri: 'unknown' },
      ],
    };

    expect(negotiateExtensions(offered, ['a', 'b'])).toEqual([{ id: 1, uri: 'a', direction: 'recvonly' }]);
  });

  test('is offered what publishing needs in sections that Chromium added to those it receives in', () => {
    const microphone = negotiateExtensions(section('chromium-publish', 7), supportedExtensions('audio'));
    const camera = negotiateExtensions(section('chromium-publish', 8), supportedExtensions('video'));

    expect(microphone.map(({ uri }) => uri).toSorted()).toEqual(supportedExtensions('audio').toSorted());
    // The description is of a session in which the dependency descriptor had not been accepted.
    const wanted = supportedExtensions('video').filter((uri) => uri !== ExtensionUri.DEPENDENCY_DESCRIPTOR);
    expect(camera.map(({ uri }) => uri).toSorted()).toEqual(wanted.toSorted());
  });
});

describe('answerSetup()', () => {
  test('waits for the handshake unless the peer wants to wait', () => {
    expect(answerSetup('actpass')).toBe('passive');
    expect(answerSetup('active')).toBe('passive');
    expect(answerSetup('passive')).toBe('active');
  });
});
