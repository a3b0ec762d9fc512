import { describe, expect, test } from 'vitest';
import { parseSessionDescription, type MediaSection } from '../../src/index.js';
import { fixture } from './fixtures.js';

const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':');

/** The one video section of a description with these lines. */
function section(...lines: string[]): MediaSection | undefined {
  const sdp = [
    'v=0',
    'a=ice-ufrag:abcd',
    'a=ice-pwd:abcdefghijklmnopqrstuv',
    `a=fingerprint:sha-256 ${FINGERPRINT}`,
    'a=setup:actpass',
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'a=mid:v',
    'a=rtcp-mux',
    ...lines,
  ];

  return parseSessionDescription(sdp.join('\r\n')).media[0];
}

describe('media sections', () => {
  test('name stream and track, in any characters', () => {
    expect(section('a=msid:PA_x|TR_y TR_y')?.msid).toEqual({ streamId: 'PA_x|TR_y', trackId: 'TR_y' });
    expect(section('a=msid:{1-2} {3-4}')?.msid).toEqual({ streamId: '{1-2}', trackId: '{3-4}' });
    expect(section('a=msid:- 42')?.msid).toEqual({ streamId: '-', trackId: '42' });
    expect(section('a=msid:only')?.msid).toEqual({ streamId: 'only', trackId: '' });
    expect(section()).not.toHaveProperty('msid');
  });

  test('go both ways where no direction is told', () => {
    expect(section()?.direction).toBe('sendrecv');
    expect(section('a=inactive')?.direction).toBe('inactive');
  });

  test('tell streams and the streams of their retransmissions', () => {
    const video = parseSessionDescription(fixture('chromium-publish')).media.find(({ mid }) => mid === '8');
    const [ssrc, rtxSsrc] = video?.rtxPairs[0] ?? [];

    expect(video?.rtxPairs).toHaveLength(1);
    expect(video?.ssrcs.map((stream) => stream.ssrc)).toEqual([ssrc, rtxSsrc]);
    expect(video?.ssrcs[0]?.cname).toBe(video?.ssrcs[1]?.cname);
  });

  test('tell simulcast layers in their order', () => {
    const video = parseSessionDescription(fixture('chromium-simulcast')).media[1];

    expect(video?.simulcast).toEqual(['q', 'h', 'f']);
    expect(video?.rids).toEqual(['q', 'h', 'f'].map((id) => ({ id, direction: 'send' })));
    expect(video?.ssrcs).toEqual([]);
  });

  test('leave out simulcast layers that have no rid, are alternatives or are received', () => {
    const rids = ['a=rid:1 send', 'a=rid:2 send', 'a=rid:3 recv'];

    expect(section(...rids, 'a=simulcast:send ~1,2;3;4 recv 3')?.simulcast).toEqual(['1']);
    expect(section(...rids, 'a=simulcast:recv 3 send 2')?.simulcast).toEqual(['2']);
    expect(section(...rids, 'a=simulcast:recv 3')).not.toHaveProperty('simulcast');
  });

  test('tell header extensions with their directions, and leave out impossible ids', () => {
    expect(
      section('a=extmap:3/sendonly uri:a', 'a=extmap:255 uri:b', 'a=extmap:256 uri:c')?.extensions,
    ).toEqual([
      { id: 3, uri: 'uri:a', direction: 'sendonly' },
      { id: 255, uri: 'uri:b' },
    ]);
  });

  test('tell candidates that make sense', () => {
    expect(
      section(
        'a=candidate:1 1 UDP 2130706431 192.0.2.1 5000 typ host generation 0',
        'a=candidate:2 1 tcp 1518280447 2001:db8::1 9 typ host tcptype active',
        'a=candidate:3 1 udp 2130706431 8f1e.local 5001 typ host',
        'a=candidate:4 2 udp 2130706430 192.0.2.1 5001 typ host',
        'a=candidate:5 1 udp 2130706430 192.0.2.1 70000 typ host',
        'a=candidate:6 1 sctp 2130706430 192.0.2.1 7000 typ host',
        'a=candidate:nonsense',
      )?.candidates,
    ).toEqual([
      {
        foundation: '1',
        protocol: 'udp',
        priority: 2_130_706_431,
        ip: '192.0.2.1',
        port: 5000,
        type: 'host',
      },
      { foundation: '2', protocol: 'tcp', priority: 1_518_280_447, ip: '2001:db8::1', port: 9, type: 'host' },
      {
        foundation: '3',
        protocol: 'udp',
        priority: 2_130_706_431,
        ip: '8f1e.local',
        port: 5001,
        type: 'host',
      },
    ]);
  });

  test('are not rejected by port 0 where they only wait for the bundle', () => {
    const sdp = fixture('chromium-join').replaceAll('m=video 9', 'm=video 0');
    const bundleOnly = sdp.replaceAll('a=mid:', 'a=bundle-only\r\na=mid:');

    expect(parseSessionDescription(sdp).media[3]?.rejected).toBe(true);
    expect(parseSessionDescription(bundleOnly).media[3]?.rejected).toBe(false);
  });

  test('tell where data channels run', () => {
    const application = parseSessionDescription(fixture('rtc-node-join')).media[6];

    expect(application).toMatchObject({
      kind: 'application',
      protocol: 'UDP/DTLS/SCTP',
      codecs: [],
      sctp: { port: 5000, maxMessageSize: 262_144 },
    });
  });

  test('take 64 KiB for the message size of a peer that tells none', () => {
    const sdp = fixture('rtc-node-join').replace(/a=max-message-size.*\r\n/, '');

    expect(parseSessionDescription(sdp).media[6]?.sctp).toEqual({ port: 5000, maxMessageSize: 65_536 });
  });
});
