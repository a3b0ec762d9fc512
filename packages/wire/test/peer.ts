import { vi } from 'vitest';
import {
  DtlsState,
  RX,
  RX_KEEP,
  RX_WORDS,
  RxKind,
  SLOT_SIZE,
  TX,
  TX_WORDS,
  TxKind,
  Wire,
} from '../src/index.js';
import type { SrtpProfile, WireOptions } from '../src/index.js';
import { loadAddon } from '../src/native.js';

// Handshakes take their time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 });

/** One received descriptor with a copy of its bytes. */
export interface Received {
  kind: number;
  session: number;
  slot: number;
  state: number;
  ssrc: number;
  sequence: number;
  timestamp: number;
  payload: Uint8Array;
  extension: Uint8Array;
  flags: number;
  path: Uint32Array;
  bytes: Uint8Array;
}

/** A wire on loopback that remembers what it receives. */
export class Peer {
  readonly wire: Wire;
  readonly received: Received[] = [];
  /** Sizes of the batches. */
  readonly batches: number[] = [];
  /** Keeps every slot instead of letting it go after the batch. */
  keeping = false;
  /** Runs inside `onBatch`, after the batch was copied. */
  duringBatch: (() => void) | undefined;

  readonly #waiting = new Set<() => void>();

  constructor(options: Partial<WireOptions> = {}) {
    this.wire = new Wire({
      port: 0,
      addresses: ['127.0.0.1'],
      slots: 1024,
      maxSessions: 16,
      ...options,
      onBatch: (count) => this.#onBatch(count),
    });
  }

  ofKind(kind: number): Received[] {
    return this.received.filter((packet) => packet.kind === kind);
  }

  states(session: number): number[] {
    return this.ofKind(RxKind.STATE)
      .filter((packet) => packet.session === session)
      .map((packet) => packet.state);
  }

  /** Resolves as soon as a batch makes the condition true. */
  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => {
      const check = (): void => {
        if (!condition()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }

  /** Writes a descriptor at `index`; unnamed words are 0. */
  describe(index: number, words: Partial<Record<keyof typeof TX, number>>): void {
    const base = index * TX_WORDS;
    this.wire.outgoing.fill(0, base, base + TX_WORDS);
    for (const [name, value] of Object.entries(words))
      this.wire.outgoing[base + TX[name as keyof typeof TX]] = value;
  }

  /** Sends bytes from the scratch area. */
  send(kind: number, session: number, bytes: Uint8Array): void {
    this.wire.scratch.set(bytes, 64);
    this.describe(0, { KIND: kind, SESSION: session, SOURCE: 64, LENGTH: bytes.length });
    this.wire.flush(1);
  }

  /** Sends bytes as they are. */
  sendRaw(path: Uint32Array, bytes: Uint8Array): void {
    this.wire.scratch.set(new Uint8Array(path.buffer, path.byteOffset, path.byteLength), 0);
    this.wire.scratch.set(bytes, 64);
    this.describe(0, { KIND: TxKind.RAW, SOURCE: 64, LENGTH: bytes.length, EXTRA: 0 });
    this.wire.flush(1);
  }

  #onBatch(count: number): void {
    this.batches.push(count);
    const words = this.wire.received;
    for (let i = 0; i < count; i++) {
      const at = i * RX_WORDS;
      const word = (offset: number): number => words[at + offset]!;
      const kind = word(RX.KIND);
      const slot = word(RX.SLOT);
      const bytes =
        kind === RxKind.STATE
          ? new Uint8Array(0)
          : this.wire.pool.slice(slot * SLOT_SIZE, slot * SLOT_SIZE + word(RX.LENGTH));
      const part = (packed: number): Uint8Array =>
        bytes.slice(packed & 0xffff, (packed & 0xffff) + (packed >>> 16));
      this.received.push({
        kind,
        session: word(RX.SESSION),
        slot,
        state: word(RX.STATE),
        ssrc: word(RX.SSRC),
        sequence: word(RX.SEQUENCE),
        timestamp: word(RX.TIMESTAMP),
        payload: part(word(RX.PAYLOAD)),
        extension: part(word(RX.EXTENSION)),
        flags: word(RX.FLAGS),
        path: words.slice(at + RX.PATH, at + RX_WORDS),
        bytes,
      });
      if (this.keeping) words[at + RX.FLAGS]! |= RX_KEEP;
    }
    this.duringBatch?.();
    for (const check of [...this.#waiting]) check();
  }
}

export interface Pair {
  client: Peer;
  server: Peer;
  /** Session numbers. */
  clientSession: number;
  serverSession: number;
  close: () => void;
}

export interface PairOptions {
  clientProfiles?: readonly SrtpProfile[];
  serverProfiles?: readonly SrtpProfile[];
  /** What the client believes the server's fingerprint to be, if not the truth. */
  serverFingerprint?: Uint8Array;
  /** What the server believes the client's fingerprint to be, if not the truth. */
  clientFingerprint?: Uint8Array;
  clientOptions?: Partial<WireOptions>;
  serverOptions?: Partial<WireOptions>;
  address?: string;
  /** Ports that client and server send to instead of each other's: a relay's. */
  relayPorts?: (
    clientPort: number,
    serverPort: number,
  ) => Promise<{ towardsServer: number; towardsClient: number }>;
}

/** Two wires and a session between them that has begun to handshake. */
export async function startPair(options: PairOptions = {}): Promise<Pair> {
  const address = options.address ?? '127.0.0.1';
  const client = new Peer({
    addresses: [address],
    ...(options.clientProfiles && { srtpProfiles: options.clientProfiles }),
    ...options.clientOptions,
  });
  const server = new Peer({
    addresses: [address],
    ...(options.serverProfiles && { srtpProfiles: options.serverProfiles }),
    ...options.serverOptions,
  });
  const ports = (await options.relayPorts?.(client.wire.port, server.wire.port)) ?? {
    towardsServer: server.wire.port,
    towardsClient: client.wire.port,
  };
  const serverSession = server.wire.openSession({
    role: 'server',
    remoteFingerprint: options.clientFingerprint ?? client.wire.fingerprintBytes,
  });
  server.wire.setPath(serverSession, server.wire.pathTo(address, ports.towardsClient));
  const clientSession = client.wire.openSession({
    role: 'client',
    remoteFingerprint: options.serverFingerprint ?? server.wire.fingerprintBytes,
  });
  client.wire.setPath(clientSession, client.wire.pathTo(address, ports.towardsServer));
  const ticking = setInterval(() => {
    client.wire.handleTimeout();
    server.wire.handleTimeout();
  }, 20);
  const close = (): void => {
    clearInterval(ticking);
    client.wire.close();
    server.wire.close();
  };
  return { client, server, clientSession, serverSession, close };
}

/** As `startPair`, with the handshake done on both sides. */
export async function connectPair(options: PairOptions = {}): Promise<Pair> {
  const pair = await startPair(options);
  const { client, server, clientSession, serverSession } = pair;
  await client.until(() => client.states(clientSession).includes(DtlsState.CONNECTED));
  await server.until(() => server.states(serverSession).includes(DtlsState.CONNECTED));
  return pair;
}

/** An RTP packet without extensions. */
export function rtp(sequence: number, payload: Uint8Array, ssrc = 0x1234_5678): Uint8Array {
  const packet = new Uint8Array(12 + payload.length);
  const view = new DataView(packet.buffer);
  packet[0] = 0x80;
  packet[1] = 96;
  view.setUint16(2, sequence);
  view.setUint32(4, 90_000);
  view.setUint32(8, ssrc);
  packet.set(payload, 12);
  return packet;
}

export function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));
}

/** Pseudo-random numbers from a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The addon's file, for scripts that cannot load TypeScript. */
export function addonFile(): string {
  loadAddon();
  const build = process.env.PARLEY_WIRE_BUILD === 'Debug' ? 'Debug' : 'Release';
  return new URL(`../build/${build}/wire.node`, import.meta.url).pathname;
}
