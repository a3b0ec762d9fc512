import { parseRtcp, type RtcpPacket } from '@parley/rtp';
import {
  type DataChannel,
  generateIceCredentials,
  IceClient,
  type IceCredentials,
  SctpAssociation,
  SendBatch,
} from '@parley/transport';
import { DtlsState, RX, RX_WORDS, RxKind, SLOT_SIZE, TxKind, Wire } from '@parley/wire';
import type { PacketWriter } from './rtp-stream.js';

/** Where the server is and who it is, from its answer. */
export interface RemotePeer {
  address: string;
  port: number;
  ice: IceCredentials;
  /** SHA-256 of its certificate: 32 bytes. */
  fingerprint: Uint8Array;
  /** The DTLS role that this side takes. */
  role: 'client' | 'server';
}

export interface PeerConnectionObserver {
  /** Media and data can flow. */
  onConnected(): void;
  /** The DTLS handshake failed, or the server closed the connection. */
  onClosed(): void;
  /** An RTP packet came, described by the words at `at` of `descriptors` (see `RX`); its bytes lie in `pool`. */
  onRtp(descriptors: Uint32Array, at: number, pool: Uint8Array, now: number): void;
  onRtcp(packets: readonly RtcpPacket[], now: number): void;
  /** A message came on a data channel; the array is good until the call returns. */
  onData?(payload: Uint8Array): void;
}

export interface PeerConnectionOptions {
  observer: PeerConnectionObserver;
  /** Monotonic time in milliseconds. */
  now: () => number;
  random: (bytes: number) => Uint8Array;
}

/** Packets that one batch may hold: received ones are given back at its end. */
const SLOTS = 256;
const MAX_PACKET = 1_500;
/** Of all packets of one transport-wide feedback. */
const MAX_FEEDBACK = 16_384;
const CHANNELS = [
  { label: '_reliable' },
  { label: '_lossy', ordered: false, maxRetransmits: 0 },
  { label: '_data_track', ordered: false, maxRetransmits: 0 },
];

/** A client's WebRTC connection with a port of its own: ICE, DTLS-SRTP, and the data channels that LiveKit's SDKs open. */
export class PeerConnection {
  readonly credentials: IceCredentials;
  readonly #options: PeerConnectionOptions;
  readonly #wire: Wire;
  readonly #batch: SendBatch;
  #ice: IceClient | undefined;
  #sctp: SctpAssociation | undefined;
  #channels: DataChannel[] = [];
  #path: Uint32Array = new Uint32Array();
  #session = 0;
  #pathSet = false;
  #connected = false;
  #closed = false;

  constructor(options: PeerConnectionOptions) {
    this.#options = options;
    this.credentials = generateIceCredentials(options.random);
    this.#wire = new Wire({
      port: 0,
      slots: SLOTS,
      maxSessions: 1,
      onBatch: (count) => this.#receive(count),
    });
    this.#batch = new SendBatch(this.#wire);
  }

  /** SHA-256 fingerprint of the own certificate, as in SDP. */
  get fingerprint(): string {
    return this.#wire.fingerprint;
  }

  /** Starts connecting; later calls change nothing. */
  connect(remote: RemotePeer): void {
    if (this.#ice !== undefined) return;
    this.#path = this.#wire.pathTo(remote.address, remote.port);
    this.#session = this.#wire.openSession({ role: remote.role, remoteFingerprint: remote.fingerprint });
    this.#ice = new IceClient({ local: this.credentials, remote: remote.ice, random: this.#options.random });
    this.#sctp = this.#createSctp(remote.role === 'client');
    this.handleTimeout(this.#options.now());
  }

  /** Sends one RTP packet, which `write` writes at an offset; it returns the packet's bytes. */
  sendRtp(write: PacketWriter): void {
    this.#send(TxKind.RTP_SCRATCH, write);
  }

  /** Sends one compound RTCP packet, likewise. */
  sendRtcp(write: PacketWriter): void {
    this.#send(TxKind.RTCP, write);
  }

  /** Sends RTCP packets, each on its own, which `write` writes behind each other; it returns the bytes of each. */
  sendRtcpPackets(write: (out: Uint8Array, offset: number) => number[]): void {
    if (!this.#connected || this.#closed) return;
    let offset = this.#batch.reserve(MAX_FEEDBACK);
    for (const size of write(this.#batch.scratch, offset)) {
      this.#batch.push(TxKind.RTCP, this.#session, offset, size);
      offset += size;
    }
  }

  /** Sends one message, by the channel for reliable data or by that for lossy data. */
  sendData(payload: Uint8Array, reliable: boolean): void {
    if (this.#closed) return;
    this.#channels[reliable ? 0 : 1]?.send(payload, true);
    this.#writeSctp(this.#options.now());
    this.#batch.flush();
  }

  /** What was given to `sendRtp` and `sendRtcp` leaves. */
  flush(): void {
    this.#batch.flush();
  }

  /** Connectivity checks, DTLS and SCTP retransmissions. Call every 10 ms or so. */
  handleTimeout(now: number): void {
    if (this.#closed || this.#ice === undefined) return;
    const check = this.#ice.poll(now);
    if (check !== undefined) this.#batch.pushRaw(check, this.#path);
    if (!this.#connected) this.#wire.handleTimeout();
    if (this.#sctp !== undefined && now >= this.#sctp.deadline) {
      this.#sctp.handleTimeout(now);
      this.#writeSctp(now);
    }
    this.#batch.flush();
  }

  /** Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#ice !== undefined) this.#wire.closeSession(this.#session);
    this.#wire.close();
  }

  #createSctp(initiate: boolean): SctpAssociation {
    const ignore = (): void => undefined;
    return new SctpAssociation({
      initiate,
      random: () => new DataView(this.#options.random(4).slice().buffer).getUint32(0),
      observer: {
        onConnected: ignore,
        onClosed: ignore,
        onChannelOpen: ignore,
        onMessage: (_, payload) => this.#options.observer.onData?.(payload),
        onChannelClosed: ignore,
        onBufferedLow: ignore,
      },
    });
  }

  #receive(count: number): void {
    const { received, pool } = this.#wire;
    const { observer } = this.#options;
    const now = this.#options.now();
    for (let at = 0; at < count * RX_WORDS && !this.#closed; at += RX_WORDS) {
      const start = received[at + RX.SLOT]! * SLOT_SIZE;
      switch (received[at + RX.KIND]) {
        case RxKind.RTP:
          observer.onRtp(received, at, pool, now);
          break;
        case RxKind.RTCP:
          observer.onRtcp(parseRtcp(pool, start, received[at + RX.LENGTH]!).packets, now);
          break;
        case RxKind.STUN:
          this.#receiveStun(pool.subarray(start, start + received[at + RX.LENGTH]!), now);
          break;
        case RxKind.DATA:
          this.#sctp?.receive(pool.subarray(start, start + received[at + RX.LENGTH]!), now);
          this.#writeSctp(now);
          break;
        case RxKind.STATE:
          this.#dtlsStateChanged(received[at + RX.STATE]!, now);
          break;
        default:
      }
    }
    if (!this.#closed) this.#batch.flush();
  }

  #receiveStun(message: Uint8Array, now: number): void {
    this.#ice?.receive(message, now);
    if (this.#ice?.state !== 'connected' || this.#pathSet) return;
    this.#pathSet = true;
    this.#wire.setPath(this.#session, this.#path);
  }

  #dtlsStateChanged(state: number, now: number): void {
    if (state !== DtlsState.CONNECTED) {
      this.#options.observer.onClosed();
      return;
    }
    this.#connected = true;
    this.#channels = CHANNELS.flatMap((channel) => this.#sctp?.open(channel) ?? []);
    this.#sctp?.connect(now);
    this.#writeSctp(now);
    this.#options.observer.onConnected();
  }

  #writeSctp(now: number): void {
    if (this.#sctp === undefined) return;
    for (;;) {
      const offset = this.#batch.reserve(MAX_PACKET);
      const length = this.#sctp.poll(this.#batch.scratch.subarray(offset, offset + MAX_PACKET), now);
      if (length === 0) return;
      this.#batch.push(TxKind.DATA, this.#session, offset, length);
    }
  }

  #send(kind: number, write: PacketWriter): void {
    if (!this.#connected || this.#closed) return;
    const offset = this.#batch.reserve(MAX_PACKET);
    this.#batch.push(kind, this.#session, offset, write(this.#batch.scratch, offset));
  }
}
