import { readUint16, readUint32, writeUint16, writeUint32 } from '@parley/rtp';
import { buildChunk, buildParameter, ChunkType, parseParameters } from './chunks.js';
import type { Chunk } from './chunks.js';

/** INIT and INIT ACK, RFC 9260 sections 3.3.2 and 3.3.3. */

export interface Init {
  readonly tag: number;
  /** Receiver window, in bytes. */
  readonly window: number;
  readonly outgoingStreams: number;
  readonly incomingStreams: number;
  readonly initialTsn: number;
  /** The peer can skip abandoned messages (RFC 3758). */
  readonly forwardTsn: boolean;
  /** The peer can reset streams (RFC 6525). */
  readonly reconfig: boolean;
  /** Only in INIT ACK. */
  readonly cookie: Uint8Array | undefined;
  /** Whole parameters we do not know and whose type asks us to say so. */
  readonly unrecognized: readonly Uint8Array[];
}

export type InitFields = Omit<Init, 'forwardTsn' | 'reconfig' | 'unrecognized'>;

const ParameterType = {
  Ipv4Address: 5,
  Ipv6Address: 6,
  StateCookie: 7,
  UnrecognizedParameter: 8,
  CookiePreservative: 9,
  SupportedAddressTypes: 12,
  SupportedExtensions: 0x8008,
  ForwardTsnSupported: 0xc000,
} as const;

const KNOWN: ReadonlySet<number> = new Set(Object.values(ParameterType));
const FIELDS_LENGTH = 16;
/** RFC 9260 section 3.3.2: an INIT with a smaller window is refused. */
const MIN_WINDOW = 1500;

/** Undefined when a mandatory field is missing or has a value the RFC forbids. */
export function parseInit(chunk: Chunk): Init | undefined {
  const { value } = chunk;
  if (value.length < FIELDS_LENGTH) return undefined;
  const parameters = parseParameters(value, FIELDS_LENGTH);
  if (!parameters) return undefined;
  let forwardTsn = false;
  let reconfig = false;
  let cookie: Uint8Array | undefined;
  const unrecognized: Uint8Array[] = [];
  for (const { type, value: content } of parameters) {
    if (type === ParameterType.ForwardTsnSupported) forwardTsn = true;
    else if (type === ParameterType.StateCookie) cookie = content;
    else if (type === ParameterType.SupportedExtensions) {
      forwardTsn ||= content.includes(ChunkType.ForwardTsn);
      reconfig ||= content.includes(ChunkType.ReConfig);
    } else if (!KNOWN.has(type)) {
      // The two high bits of the type say what to do: report (bit 14), go on (bit 15).
      if (type & 0x4000) unrecognized.push(buildParameter(type, content));
      if (!(type & 0x8000)) break;
    }
  }
  const init = {
    tag: readUint32(value, 0),
    window: readUint32(value, 4),
    outgoingStreams: readUint16(value, 8),
    incomingStreams: readUint16(value, 10),
    initialTsn: readUint32(value, 12),
    forwardTsn,
    reconfig,
    cookie,
    unrecognized,
  };
  const forbidden =
    init.tag === 0 ||
    init.window < MIN_WINDOW ||
    init.outgoingStreams === 0 ||
    init.incomingStreams === 0 ||
    (chunk.type === ChunkType.InitAck && !cookie);
  return forbidden ? undefined : init;
}

/** A whole INIT, or INIT ACK when there is a cookie; reports the peer's parameters that we did not know. */
export function buildInit(fields: InitFields, unrecognized: readonly Uint8Array[] = []): Uint8Array {
  const { cookie } = fields;
  const fixed = new Uint8Array(FIELDS_LENGTH);
  writeUint32(fixed, 0, fields.tag);
  writeUint32(fixed, 4, fields.window);
  writeUint16(fixed, 8, fields.outgoingStreams);
  writeUint16(fixed, 10, fields.incomingStreams);
  writeUint32(fixed, 12, fields.initialTsn);
  return buildChunk(
    cookie ? ChunkType.InitAck : ChunkType.Init,
    0,
    fixed,
    ...(cookie ? [buildParameter(ParameterType.StateCookie, cookie)] : []),
    buildParameter(ParameterType.ForwardTsnSupported),
    ...unrecognized.map((parameter) => buildParameter(ParameterType.UnrecognizedParameter, parameter)),
    buildParameter(
      ParameterType.SupportedExtensions,
      Uint8Array.of(ChunkType.ForwardTsn, ChunkType.ReConfig),
    ),
  );
}
