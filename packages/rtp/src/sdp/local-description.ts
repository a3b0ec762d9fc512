import { write, type RawCandidate, type RawMedia, type RawSession } from 'sdp-transform';
import type {
  Direction,
  DtlsFingerprint,
  DtlsSetup,
  ExtensionMapping,
  IceCandidate,
  IceParameters,
  Msid,
  RidDescription,
  SdpCodec,
} from './session-description.js';

/** A description of one's own, to be sent as an offer or answer. */
export interface LocalDescription {
  /** Session id and version of the `o=` line: the version grows with each description of a session. */
  sessionId: number;
  sessionVersion: number;
  ice: IceParameters;
  fingerprint: DtlsFingerprint;
  setup: DtlsSetup;
  /** All candidates there will be: the description says so. */
  candidates: readonly IceCandidate[];
  /** Bytes of the greatest data channel message taken. */
  maxMessageSize: number;
  extmapAllowMixed: boolean;
  sections: readonly LocalSection[];
}

/** One `m=` section of one's own. */
export type LocalSection = LocalMediaSection | LocalApplicationSection | RejectedSection;

export interface LocalMediaSection {
  kind: 'audio' | 'video';
  mid: string;
  protocol: string;
  direction: Direction;
  codecs: readonly SdpCodec[];
  extensions: readonly ExtensionMapping[];
  rtcpReducedSize: boolean;
  /** Present where media is sent. */
  sender?: LocalSender;
  /** Simulcast layers to send or receive, in the order of `a=simulcast`; empty for no simulcast. */
  rids: readonly RidDescription[];
}

/** The stream that a section sends. */
export interface LocalSender {
  msid: Msid;
  /** Left out where simulcast layers announce themselves in their packets. */
  ssrc?: number;
  rtxSsrc?: number;
  cname: string;
}

export interface LocalApplicationSection {
  kind: 'application';
  mid: string;
  protocol: string;
}

/** A section refused or stopped: port 0. */
export interface RejectedSection {
  kind: 'rejected';
  media: 'audio' | 'video' | 'application';
  mid: string;
  protocol: string;
}

/** Port of sections whose real one is in the candidates (RFC 8840 section 4.1.1). */
const DISCARD_PORT = 9;

const SCTP_PORT = 5000;
const SCTP_FORMAT = 'webrtc-datachannel';

/** Writes an offer or answer. All sections but rejected ones share one transport. */
export function writeDescription(description: LocalDescription): string {
  const bundle = description.sections.filter(({ kind }) => kind !== 'rejected').map(({ mid }) => mid);

  const session: RawSession = {
    version: 0,
    origin: {
      username: '-',
      sessionId: description.sessionId,
      sessionVersion: description.sessionVersion,
      netType: 'IN',
      ipVer: 4,
      address: '127.0.0.1',
    },
    name: '-',
    timing: { start: 0, stop: 0 },
    ...(description.ice.lite && { icelite: 'ice-lite' }),
    ...(description.extmapAllowMixed && { extmapAllowMixed: 'extmap-allow-mixed' }),
    msidSemantic: { semantic: 'WMS', token: '*' },
    ...(bundle.length > 0 && { groups: [{ type: 'BUNDLE', mids: bundle.join(' ') }] }),
    media: description.sections.map((section) =>
      writeSection(section, description, section.mid === bundle[0]),
    ),
  };

  return write(session);
}

/** @param tagged The first section of the bundle, which carries the candidates (RFC 9143 section 7.1.3). */
function writeSection(section: LocalSection, description: LocalDescription, tagged: boolean): RawMedia {
  if (section.kind === 'rejected') {
    return {
      type: section.media,
      port: 0,
      protocol: section.protocol,
      payloads: section.media === 'application' ? SCTP_FORMAT : '0',
      connection: { version: 4, ip: '0.0.0.0' },
      mid: section.mid,
      direction: 'inactive',
      rtp: [],
      fmtp: [],
    };
  }

  const transport = writeTransport(description, tagged);

  return section.kind === 'application'
    ? {
        type: 'application',
        port: DISCARD_PORT,
        protocol: section.protocol,
        payloads: SCTP_FORMAT,
        ...transport,
        mid: section.mid,
        rtp: [],
        fmtp: [],
        sctpPort: SCTP_PORT,
        maxMessageSize: description.maxMessageSize,
      }
    : writeMedia(section, transport);
}

function writeMedia(section: LocalMediaSection, transport: Partial<RawMedia>): RawMedia {
  const { codecs, extensions, rids, sender } = section;

  return {
    type: section.kind,
    port: DISCARD_PORT,
    protocol: section.protocol,
    payloads: codecs.flatMap(payloadTypes).join(' '),
    ...transport,
    mid: section.mid,
    direction: section.direction,
    rtp: codecs.flatMap(writeRtpMaps),
    fmtp: codecs.flatMap(writeParameters),
    rtcpFb: codecs.flatMap(writeFeedback),
    ext: extensions.map(({ id, uri, direction }) => ({ value: id, uri, ...(direction && { direction }) })),
    rtcpMux: 'rtcp-mux',
    ...(section.rtcpReducedSize && { rtcpRsize: 'rtcp-rsize' }),
    ...(sender && writeSender(sender)),
    ...(rids.length > 0 && writeSimulcast(rids)),
  };
}

function writeTransport(description: LocalDescription, tagged: boolean): Partial<RawMedia> {
  return {
    connection: { version: 4, ip: '0.0.0.0' },
    iceUfrag: description.ice.ufrag,
    icePwd: description.ice.pwd,
    fingerprint: { type: description.fingerprint.algorithm, hash: description.fingerprint.value },
    setup: description.setup,
    ...(tagged && {
      candidates: description.candidates.map(writeCandidate),
      endOfCandidates: 'end-of-candidates',
    }),
  };
}

function writeCandidate(candidate: IceCandidate): RawCandidate {
  return {
    foundation: candidate.foundation,
    component: 1,
    transport: candidate.protocol,
    priority: candidate.priority,
    ip: candidate.ip,
    port: candidate.port,
    type: candidate.type,
    ...(candidate.protocol === 'tcp' && { tcptype: 'passive' }),
  };
}

function writeSender({ msid, ssrc, rtxSsrc, cname }: LocalSender): Partial<RawMedia> {
  const ssrcs = [ssrc, rtxSsrc].filter((id) => id !== undefined);

  return {
    msid: [{ id: msid.streamId, appdata: msid.trackId }],
    ssrcs: ssrcs.map((id) => ({ id, attribute: 'cname', value: cname })),
    ...(ssrcs.length === 2 && { ssrcGroups: [{ semantics: 'FID', ssrcs: ssrcs.join(' ') }] }),
  };
}

function writeSimulcast(rids: readonly RidDescription[]): Partial<RawMedia> {
  const direction = rids[0]?.direction ?? 'recv';

  return {
    rids: [...rids],
    simulcast: { dir1: direction, list1: rids.map(({ id }) => id).join(';') },
  };
}

function payloadTypes({ payloadType, rtxPayloadType }: SdpCodec): number[] {
  return rtxPayloadType === undefined ? [payloadType] : [payloadType, rtxPayloadType];
}

function writeRtpMaps({ payloadType, codec, rtxPayloadType }: SdpCodec): RawMedia['rtp'] {
  const name = codec.mimeType.slice(codec.mimeType.indexOf('/') + 1);
  const channels = codec.channels ?? 1;
  const map = {
    payload: payloadType,
    codec: name,
    rate: codec.clockRate,
    ...(channels > 1 && { encoding: channels }),
  };

  return rtxPayloadType === undefined
    ? [map]
    : [map, { payload: rtxPayloadType, codec: 'rtx', rate: codec.clockRate }];
}

function writeParameters({ payloadType, codec, rtxPayloadType }: SdpCodec): RawMedia['fmtp'] {
  const config = Object.entries(codec.parameters)
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .join(';');

  return [
    ...(config === '' ? [] : [{ payload: payloadType, config }]),
    ...(rtxPayloadType === undefined ? [] : [{ payload: rtxPayloadType, config: `apt=${payloadType}` }]),
  ];
}

function writeFeedback({
  payloadType,
  feedback,
}: SdpCodec): { payload: number; type: string; subtype?: string }[] {
  return feedback.map((kind) => {
    const [type = '', subtype] = kind.split(' ');

    return { payload: payloadType, type, ...(subtype !== undefined && { subtype }) };
  });
}
