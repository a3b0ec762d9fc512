import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import * as layout from './layout.js';
import type { WireCounters } from './wire-metrics.js';

/** The class that the addon exports; arguments were validated by `Wire`. */
export interface NativeWire {
  readonly pool: Uint8Array;
  readonly received: Uint32Array;
  readonly outgoing: Uint32Array;
  readonly scratch: Uint8Array;
  readonly port: number;
  readonly fingerprint: Uint8Array;
  bindSocket(address: string, port: number): { index: number; port: number };
  closeSocket(index: number): void;
  openDtlsSession(isClient: boolean, remoteFingerprint: Uint8Array): number;
  openSdesSession(suite: number, localKey: Uint8Array, remoteKey: Uint8Array): number;
  openPlainSession(): number;
  latch(session: number, socket: number, fromAny: boolean, sources: readonly string[]): void;
  setPath(session: number, path: Uint32Array): void;
  closeSession(session: number): void;
  flush(count: number): void;
  release(slot: number): void;
  tick(): void;
  counters(): WireCounters;
  pathTo(address: string, port: number, socket: number): Uint32Array;
  close(): void;
}

/** Operations of `NativeTestHooks.transform`. */
export const TransformOperation = {
  PROTECT_RTP: 0,
  UNPROTECT_RTP: 1,
  PROTECT_RTCP: 2,
  UNPROTECT_RTCP: 3,
} as const;

/** Parsers and ciphers of the addon without a network, for tests. */
export interface NativeTestHooks {
  demultiplex(packet: Uint8Array): 'stun' | 'dtls' | 'rtp' | 'rtcp' | 'unknown';
  isDtlsDatagram(packet: Uint8Array): boolean;
  /** How many of so many repetitions of a DTLS flight are answered. */
  answeredRepetitions(count: number): number;
  /** Code of a character, 0 for none. */
  stunUfragPrefix(packet: Uint8Array): number;
  parseRtpHeader(packet: Uint8Array): NativeRtpHeader | null;
  aesCounter(key: Uint8Array, iv: Uint8Array, size: number): Uint8Array | null;
  deriveKeys(
    profile: number,
    masterKey: Uint8Array,
    masterSalt: Uint8Array,
    isRtcp: boolean,
  ): { key: Uint8Array; salt: Uint8Array; authKey: Uint8Array } | null;
  transform(
    operation: number,
    profile: number,
    key: Uint8Array,
    salt: Uint8Array,
    authKey: Uint8Array,
    index: number,
    packet: Uint8Array,
  ): Uint8Array | null;
  estimateIndex(highest: number, sequence: number): number;
  acceptIndices(indices: Uint32Array): Uint8Array;
}

/** As the addon parses it; offsets and sizes in bytes. */
export interface NativeRtpHeader {
  payloadType: number;
  marker: number;
  sequence: number;
  timestamp: number;
  ssrc: number;
  size: number;
  extensionOffset: number;
  extensionSize: number;
  twoByteExtensions: number;
}

interface Addon {
  NativeWire: new (
    port: number,
    addresses: readonly string[],
    slots: number,
    maxSessions: number,
    profiles: Uint16Array,
    onBatch: (count: number) => void,
    /** Code of a character, 0 for none. */
    ufragPrefix: number,
  ) => NativeWire;
  layout: Readonly<Record<string, number>>;
  testHooks: NativeTestHooks;
}

/** `PARLEY_WIRE_BUILD=Debug` picks the build with sanitizers. */
const BUILD = process.env.PARLEY_WIRE_BUILD === 'Debug' ? 'Debug' : 'Release';

let addon: Addon | undefined;

/** Loads the addon at the first call, so that the layout can be imported where the addon is not built. */
export function loadAddon(): Addon {
  if (addon !== undefined) return addon;
  const file = fileURLToPath(new URL(`../build/${BUILD}/wire.node`, import.meta.url));
  let loaded: Addon;
  try {
    loaded = createRequire(import.meta.url)(file) as Addon;
  } catch (error) {
    throw new Error(
      'The native part of @parley/wire cannot be loaded: run `npm run build --workspace @parley/wire`.',
      { cause: error },
    );
  }
  checkLayout(loaded.layout);
  addon = loaded;
  return addon;
}

/** The two sides of the shared memory must agree, or packets turn to noise. */
function checkLayout(native: Readonly<Record<string, number>>): void {
  const ours = flatten(layout, '');
  for (const [name, value] of Object.entries(native)) {
    if (ours[name] !== value) {
      throw new Error(
        `The native part of @parley/wire is of another version (${name} differs): run \`npm run build --workspace @parley/wire\`.`,
      );
    }
  }
}

function flatten(values: object, prefix: string): Record<string, number> {
  const flat: Record<string, number> = {};
  for (const [name, value] of Object.entries(values) as [string, unknown][]) {
    if (typeof value === 'number') flat[prefix + name] = value;
    else if (typeof value === 'object' && value !== null)
      Object.assign(flat, flatten(value, `${prefix}${name}.`));
  }
  return flat;
}
