import type { RawCandidate, RawMedia } from 'sdp-transform';
import { bounded, integer, oneOf, text } from './fields.js';
import { parseCodecs } from './parse-codecs.js';
import { SdpError } from './sdp-error.js';
import type {
  Direction,
  ExtensionMapping,
  IceCandidate,
  MediaKind,
  MediaSection,
  Msid,
  RidDescription,
  SctpParameters,
  SsrcDescription,
} from './session-description.js';

const MAX_EXTENSIONS = 64;
const MAX_SSRC_LINES = 256;
const MAX_RIDS = 16;
const MAX_CANDIDATES = 64;

const MAX_UINT32 = 0xffff_ffff;

/** What a peer takes that does not say so (RFC 8841 section 6.1). */
const DEFAULT_MAX_MESSAGE_SIZE = 65_536;

const KINDS: readonly MediaKind[] = ['audio', 'video', 'application'];
const DIRECTIONS: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];
const RTP_PROTOCOLS = ['UDP/TLS/RTP/SAVPF', 'TCP/DTLS/RTP/SAVPF', 'RTP/SAVPF', 'UDP/TLS/RTP/SAVP'];
const SCTP_PROTOCOLS = ['UDP/DTLS/SCTP', 'TCP/DTLS/SCTP'];

/** Validates one section as the library parsed it. */
export function parseMediaSection(raw: RawMedia, index: number): MediaSection {
  const kind = oneOf(raw.type, KINDS);
  const mid = text(raw.mid);
  const protocol = text(raw.protocol);
  const rejected = integer(raw.port, 1, 65_535) === undefined && raw.bundleOnly === undefined;

  if (kind === undefined) {
    throw new SdpError('m=', `has the unknown media "${text(raw.type)}"`, `offer one of ${KINDS.join(', ')}`);
  }
  if (!/^[!-~]{1,64}$/.test(mid)) {
    throw new SdpError(
      'a=mid',
      `of section ${index} is missing or malformed`,
      'give 1 to 64 printable characters',
    );
  }
  if (!rejected && !(kind === 'application' ? SCTP_PROTOCOLS : RTP_PROTOCOLS).includes(protocol)) {
    throw new SdpError(
      'm=',
      `has the unknown protocol "${protocol}"`,
      'use UDP/TLS/RTP/SAVPF or UDP/DTLS/SCTP',
    );
  }
  if (!rejected && kind !== 'application' && raw.rtcpMux === undefined) {
    throw new SdpError('a=rtcp-mux', `is missing in section "${mid}"`, 'multiplex RTP and RTCP');
  }

  const rids = parseRids(raw);
  const section: MediaSection = {
    index,
    mid,
    kind,
    protocol,
    rejected,
    direction: oneOf(raw.direction, DIRECTIONS) ?? 'sendrecv',
    codecs: kind === 'application' ? [] : parseCodecs(raw, kind),
    extensions: parseExtensions(raw),
    rtcpReducedSize: raw.rtcpRsize !== undefined,
    ssrcs: parseSsrcs(raw),
    rtxPairs: parseRtxPairs(raw),
    rids,
    candidates: parseCandidates(raw),
  };
  const msid = parseMsid(raw);
  const simulcast = parseSimulcast(raw, rids);
  const sctp = parseSctp(raw);

  return {
    ...section,
    ...(msid && { msid }),
    ...(simulcast && { simulcast }),
    ...(sctp && { sctp }),
  };
}

function parseExtensions(raw: RawMedia): ExtensionMapping[] {
  const extensions: ExtensionMapping[] = [];

  for (const ext of bounded(raw.ext, MAX_EXTENSIONS, 'a=extmap')) {
    const id = integer(ext.value, 1, 255);
    const direction = oneOf(ext.direction, DIRECTIONS);

    if (id !== undefined && ext.uri !== undefined) {
      extensions.push({ id, uri: text(ext.uri), ...(direction && { direction }) });
    }
  }

  return extensions;
}

function parseMsid(raw: RawMedia): Msid | undefined {
  const first = raw.msid?.[0];

  return first && { streamId: text(first.id), trackId: text(first.appdata) };
}

function parseSsrcs(raw: RawMedia): SsrcDescription[] {
  const bySsrc = new Map<number, SsrcDescription>();

  for (const line of bounded(raw.ssrcs, MAX_SSRC_LINES, 'a=ssrc')) {
    const ssrc = integer(line.id, 0, MAX_UINT32);

    if (ssrc === undefined) {
      throw new SdpError('a=ssrc', `is "${text(line.id)}"`, 'give a number of 32 bits');
    }

    const description = bySsrc.get(ssrc) ?? { ssrc };

    if (line.attribute === 'cname') {
      description.cname = text(line.value);
    }

    bySsrc.set(ssrc, description);
  }

  return [...bySsrc.values()];
}

function parseRtxPairs(raw: RawMedia): [number, number][] {
  const pairs: [number, number][] = [];

  for (const group of bounded(raw.ssrcGroups, MAX_SSRC_LINES, 'a=ssrc-group')) {
    const [first, second] = text(group.ssrcs).split(' ');
    const ssrc = integer(first, 0, MAX_UINT32);
    const rtxSsrc = integer(second, 0, MAX_UINT32);

    if (text(group.semantics) === 'FID' && ssrc !== undefined && rtxSsrc !== undefined) {
      pairs.push([ssrc, rtxSsrc]);
    }
  }

  return pairs;
}

function parseRids(raw: RawMedia): RidDescription[] {
  const rids: RidDescription[] = [];

  for (const rid of bounded(raw.rids, MAX_RIDS, 'a=rid')) {
    const direction = oneOf(rid.direction, ['send', 'recv']);

    if (direction !== undefined) {
      rids.push({ id: text(rid.id), direction });
    }
  }

  return rids;
}

/** The layers sent, of those that have a rid; of alternatives for one layer, the first. */
function parseSimulcast(raw: RawMedia, rids: readonly RidDescription[]): string[] | undefined {
  const { dir1, list1, dir2, list2 } = raw.simulcast ?? {};
  const list = dir1 === 'send' ? list1 : dir2 === 'send' ? list2 : undefined;

  if (list === undefined) {
    return undefined;
  }

  const layers = text(list)
    .split(';')
    .map((alternatives) => (alternatives.split(',')[0] ?? '').replace(/^~/, ''));

  return layers.filter((layer) => rids.some(({ id, direction }) => id === layer && direction === 'send'));
}

function parseSctp(raw: RawMedia): SctpParameters | undefined {
  const port = integer(raw.sctpPort, 1, 65_535);

  return port === undefined
    ? undefined
    : {
        port,
        maxMessageSize: integer(raw.maxMessageSize, 0, Number.MAX_SAFE_INTEGER) ?? DEFAULT_MAX_MESSAGE_SIZE,
      };
}

/** Candidates that make sense; the others, and those beyond the limit, are of no use but do no harm. */
function parseCandidates(raw: RawMedia): IceCandidate[] {
  return (raw.candidates ?? [])
    .slice(0, MAX_CANDIDATES)
    .map(parseCandidate)
    .filter((candidate) => candidate !== undefined);
}

function parseCandidate(raw: RawCandidate): IceCandidate | undefined {
  const protocol = oneOf(text(raw.transport).toLowerCase(), ['udp', 'tcp']);
  const priority = integer(raw.priority, 0, MAX_UINT32);
  const port = integer(raw.port, 0, 65_535);
  const type = oneOf(raw.type, ['host', 'srflx', 'prflx', 'relay']);

  if (protocol === undefined || priority === undefined || port === undefined || type === undefined) {
    return undefined;
  }

  // Component 2 is RTCP beside RTP, which nobody uses who multiplexes them.
  return text(raw.component) === '1'
    ? { foundation: text(raw.foundation), protocol, priority, ip: text(raw.ip), port, type }
    : undefined;
}
