import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fingerprintBytes, MAX_SDP_LENGTH, parseSessionDescription, SdpError } from '../../src/index.js';
import { fixture, fixtureNames } from './fixtures.js';

const FINGERPRINT = Array.from({ length: 32 }, () => 'ab').join(':');

const head = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0'];
const transport = [
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuv',
  `a=fingerprint:sha-256 ${FINGERPRINT}`,
  'a=setup:actpass',
];

function audio(mid: string): string[] {
  return ['m=audio 9 UDP/TLS/RTP/SAVPF 111', `a=mid:${mid}`, 'a=rtcp-mux', 'a=rtpmap:111 opus/48000/2'];
}

function join(...lines: string[]): string {
  return lines.map((line) => `${line}\r\n`).join('');
}

/** Text of any characters up to U+00FF, control characters among them. */
function anyText(maxLength: number): fc.Arbitrary<string> {
  return fc.uint8Array({ maxLength }).map((bytes) => String.fromCharCode(...bytes));
}

/** What parsing throws. */
function errorOf(sdp: string): SdpError {
  try {
    parseSessionDescription(sdp);
  } catch (error) {
    if (error instanceof SdpError) {
      return error;
    }

    throw error;
  }

  throw new Error('the description was taken');
}

/** The fixture without the lines that match. */
function without(pattern: RegExp): string {
  return fixture('chromium-join')
    .split('\r\n')
    .filter((line) => !pattern.test(line))
    .join('\r\n');
}

describe('parseSessionDescription()', () => {
  test.each(fixtureNames)('reads the offer %s', (name) => {
    const description = parseSessionDescription(fixture(name));

    expect(description.setup).toBe('actpass');
    expect(description.ice).toMatchObject({ lite: false });
    expect(description.extmapAllowMixed).toBe(true);
    expect(description.bundle).toEqual(description.media.map(({ mid }) => mid));
    expect(description.media.every(({ rejected }) => !rejected)).toBe(true);
  });

  test('tells kinds, mids and directions of the sections', () => {
    const { media } = parseSessionDescription(fixture('rtc-node-publisher'));

    expect(media.map(({ index, mid, kind, direction }) => [index, mid, kind, direction])).toMatchSnapshot();
  });

  test('takes the transport’s attributes at the session or in a section', () => {
    const atSession = parseSessionDescription(join(...head, ...transport, ...audio('0')));
    const inSection = parseSessionDescription(join(...head, ...audio('0'), ...transport));

    expect(atSession).toEqual(inSection);
    expect(atSession.ice).toEqual({ ufrag: 'abcd', pwd: 'abcdefghijklmnopqrstuv', lite: false });
    expect(atSession.fingerprint).toEqual({ algorithm: 'sha-256', value: FINGERPRINT.toUpperCase() });
  });

  test('prefers the attributes of a section to those of the session', () => {
    const session = transport.map((line) => line.replace('abcd', 'efgh').replace('actpass', 'active'));
    const description = parseSessionDescription(join(...head, ...session, ...audio('0'), ...transport));

    expect(description).toMatchObject({ ice: { ufrag: 'abcd' }, setup: 'actpass' });
  });

  test('takes the transport of the first section of the bundle that is not rejected', () => {
    const rejected = ['m=audio 0 UDP/TLS/RTP/SAVPF 111', 'a=mid:0', 'a=ice-ufrag:other', 'a=setup:active'];
    const description = parseSessionDescription(
      join(...head, 'a=group:BUNDLE 0 1', ...rejected, ...audio('1'), ...transport),
    );

    expect(description.ice.ufrag).toBe('abcd');
    expect(description.setup).toBe('actpass');
    expect(description.media.map((section) => section.rejected)).toEqual([true, false]);
  });

  test('keeps text that looks like a number as it is', () => {
    const sdp = join(...head, 'a=group:BUNDLE 007', ...transport, ...audio('007')).replace('abcd', '1234');

    expect(parseSessionDescription(sdp)).toMatchObject({ ice: { ufrag: '1234' }, media: [{ mid: '007' }] });
  });

  test('takes lines that end without a carriage return', () => {
    const sdp = fixture('chromium-join');

    expect(parseSessionDescription(sdp.replaceAll('\r\n', '\n'))).toEqual(parseSessionDescription(sdp));
  });

  test('knows an ICE-lite peer', () => {
    expect(parseSessionDescription(join(...head, 'a=ice-lite', ...transport, ...audio('0'))).ice.lite).toBe(
      true,
    );
  });

  test.each([
    ['garbage', 'v=', 'hello'],
    ['nothing', 'v=', ''],
    ['too long a description', 'v=', join(...head) + 'a'.repeat(MAX_SDP_LENGTH)],
    ['too many lines', 'v=', join(...head) + 'a=\r\n'.repeat(50_000)],
    ['too long a line', 'v=', join(...head, `a=${'x'.repeat(8192)}`)],
    ['no ICE user name', 'a=ice-ufrag', without(/^a=ice-ufrag/)],
    [
      'an ICE user name with a space',
      'a=ice-ufrag',
      join(...head, ...transport, ...audio('0')).replace('abcd', 'a b'),
    ],
    ['no ICE password', 'a=ice-pwd', without(/^a=ice-pwd/)],
    ['a short ICE password', 'a=ice-pwd', join(...head, ...transport, ...audio('0')).replace('stuv', '')],
    ['no fingerprint', 'a=fingerprint', without(/^a=fingerprint/)],
    ['a fingerprint by SHA-1', 'a=fingerprint', fixture('chromium-join').replaceAll('sha-256', 'sha-1')],
    [
      'a short fingerprint',
      'a=fingerprint',
      join(...head, ...transport, ...audio('0')).replace('ab:ab', 'ab'),
    ],
    ['no DTLS role', 'a=setup', without(/^a=setup/)],
    ['an unknown DTLS role', 'a=setup', fixture('chromium-join').replaceAll('actpass', 'holdconn')],
    ['no bundle', 'a=group:BUNDLE', without(/^a=group/)],
    [
      'a section outside the bundle',
      'a=group:BUNDLE',
      fixture('chromium-join').replace('BUNDLE 0', 'BUNDLE'),
    ],
    ['two sections of one mid', 'a=mid', fixture('chromium-join').replace('a=mid:1', 'a=mid:0')],
    ['a section without mid', 'a=mid', without(/^a=mid:2/)],
    ['RTCP on a port of its own', 'a=rtcp-mux', without(/^a=rtcp-mux/)],
    ['unknown media', 'm=', fixture('chromium-join').replace('m=video', 'm=text')],
    ['an unknown protocol', 'm=', fixture('chromium-join').replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP')],
    ['a media line that says nothing', 'm=', join(...head, ...transport, 'm=')],
    [
      '1,000 sections',
      'm=',
      join(...head, ...transport, ...Array.from({ length: 1000 }, (_, i) => audio(String(i))).flat()),
    ],
    [
      'thousands of streams',
      'a=ssrc',
      join(
        ...head,
        ...transport,
        ...audio('0'),
        ...Array.from({ length: 5000 }, (_, i) => `a=ssrc:${i} cname:x`),
      ),
    ],
    [
      'a stream number of more than 32 bits',
      'a=ssrc',
      join(...head, ...transport, ...audio('0'), 'a=ssrc:4294967296 cname:x'),
    ],
  ])('refuses %s, naming the field %s and the remedy', (_, field, sdp) => {
    const error = errorOf(sdp);

    expect(error.field).toBe(field);
    expect(error.remedy).not.toBe('');
    expect(error.message.startsWith(`${field} `) && error.message.endsWith(`: ${error.remedy}`)).toBe(true);
  });

  test('throws nothing but SdpError, whatever the text', () => {
    fc.assert(
      fc.property(anyText(300), (text) => {
        expect(errorOf(`v=0\r\n${text}`)).toBeInstanceOf(SdpError);
      }),
      { seed: 15, numRuns: 300 },
    );
  });

  test('throws nothing but SdpError on real offers with lines lost, swapped, repeated and changed', () => {
    const lines = fixture('chromium-simulcast').split('\r\n');
    const edit = fc.record({
      kind: fc.constantFrom('drop', 'repeat', 'swap', 'insert'),
      at: fc.nat(lines.length - 1),
      to: fc.nat(lines.length - 1),
      position: fc.nat(60),
      text: anyText(8),
    });
    let taken = 0;

    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
        const changed = [...lines];

        for (const { kind, at, to, position, text } of edits) {
          const line = changed[at] ?? '';

          switch (kind) {
            case 'drop':
              changed.splice(at, 1);
              break;
            case 'repeat':
              changed.splice(to, 0, line);
              break;
            case 'swap':
              changed[at] = changed[to] ?? '';
              changed[to] = line;
              break;
            default:
              changed[at] = line.slice(0, position) + text + line.slice(position);
          }
        }

        try {
          parseSessionDescription(changed.join('\r\n'));
          taken++;
        } catch (error) {
          expect(error).toBeInstanceOf(SdpError);
        }
      }),
      { seed: 16, numRuns: 300 },
    );

    expect(taken).toBeGreaterThan(50);
  });
});

describe('fingerprintBytes()', () => {
  test('gives the 32 bytes of a fingerprint', () => {
    expect(fingerprintBytes({ algorithm: 'sha-256', value: FINGERPRINT })).toEqual(
      new Uint8Array(32).fill(0xab),
    );
  });
});
