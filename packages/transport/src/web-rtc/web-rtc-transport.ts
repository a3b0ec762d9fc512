import { DtlsState, NO_SESSION, PATH_WORDS, RX, RX_WORDS, RxKind, SLOT_SIZE, TxKind } from '@parley/wire';
import type { BandwidthControl } from '../congestion/index.js';
import { generateIceCredentials, IceAgent, pathsEqual, type IceState, type Path } from '../ice/index.js';
import { packetLimit } from '../packet-limit.js';
import {
  RtpSession,
  type RtpReceiver,
  type RtpReceiverParameters,
  type RtpSender,
  type RtpSenderParameters,
  type RtpSessionContext,
} from '../rtp-session/index.js';
import { SctpAssociation, type DataChannel, type DataChannelOptions } from '../sctp/index.js';
import type { TransportCounters } from '../server/transport-metrics.js';

export type TransportState = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

export interface WebRtcTransportObserver {
  onStateChange(state: TransportState): void;
  /** A channel is open, whoever opened it. */
  onDataChannel(channel: DataChannel): void;
  onMessage(channel: DataChannel, payload: Uint8Array, binary: boolean): void;
  onDataChannelClosed(channel: DataChannel): void;
}

/** What the peer's session description says of its side. */
export interface RemoteParameters {
  iceUfrag: string;
  icePassword: string;
  /** SHA-256 of its certificate: 32 bytes. */
  fingerprint: Uint8Array;
  /** The DTLS role that this side takes. */
  role: 'client' | 'server';
  /** Its a=max-message-size, bytes. */
  maxMessageSize?: number;
}

/** What a transport needs of its server. */
export interface WebRtcTransportContext extends RtpSessionContext {
  readonly counted: TransportCounters;
  /** What local user name fragments begin with. */
  readonly ufragPrefix: string;
  /** Checks with this user name fragment are the transport's. */
  registerUfrag(ufrag: string, transport: WebRtcTransport): void;
  unregisterUfrag(ufrag: string): void;
  /** @throws RangeError when there is no room for another session. */
  openSession(transport: WebRtcTransport, role: 'client' | 'server', remoteFingerprint: Uint8Array): number;
  setPath(wireSession: number, path: Path): void;
  /** The transport has something to send: `writePending` is called at the end of what is being handled, or very soon. */
  schedule(transport: WebRtcTransport): void;
  /** `handleTimeout` is to be called at this time, if not before. */
  expect(transport: WebRtcTransport, deadline: number): void;
  /** The DTLS handshake is over, one way or the other. */
  handshakeEnded(wireSession: number): void;
  /** The transport is closed. */
  forget(transport: WebRtcTransport, wireSession: number): void;
}

/** STUN and SCTP packets a second that a client has reason to send; of data, 6 MB. */
const STUN_RATE = 200;
const DATA_RATE = 5000;

/** SCTP packets are at most this long, so that DTLS, UDP and IPv6 around them fit into 1,280 bytes. */
const SCTP_MTU = 1180;

/**
 * One peer of WebRTC: ICE, DTLS and data channels, and over the same path an RTP session.
 *
 * It does no I/O: the server gives it packets and the time, and it writes what it sends into the server's batch.
 */
export class WebRtcTransport {
  readonly #context: WebRtcTransportContext;
  readonly #observer: WebRtcTransportObserver;
  readonly #stunLimit = packetLimit(STUN_RATE);
  readonly #dataLimit = packetLimit(DATA_RATE);
  readonly #ice: IceAgent;
  readonly #rtp: RtpSession;
  /** Local user name fragments that checks may come with: more than one after an ICE restart. */
  readonly #ufrags: string[] = [];
  #icePassword: string;
  #remoteUfrag: string | undefined;
  /** `restartIce` was called, and the peer has not answered with new credentials yet. */
  #restarting = false;
  #wireSession = NO_SESSION;
  #sctp: SctpAssociation | undefined;
  #dtlsConnected = false;
  #state: TransportState = 'new';

  /** Made by `WebRtcServer.createTransport`. */
  constructor(context: WebRtcTransportContext, observer: WebRtcTransportObserver) {
    this.#context = context;
    this.#observer = observer;
    const { ufrag, password } = generateIceCredentials(context.random, context.ufragPrefix);
    this.#icePassword = password;
    this.#registerUfrag(ufrag);
    this.#ice = new IceAgent({
      localUfrag: ufrag,
      localPassword: password,
      counters: context.counted.ice,
      observer: {
        onPath: (path) => {
          if (this.#wireSession !== NO_SESSION) context.setPath(this.#wireSession, path);
        },
        onStateChange: (state) => this.#iceStateChanged(state),
      },
    });
    this.#rtp = new RtpSession(context, {
      onDeadline: (deadline) => {
        if (this.#state === 'connected') context.expect(this, deadline);
      },
    });
  }

  /** Local user name fragment; changes with an ICE restart. */
  get iceUfrag(): string {
    return this.#ufrags.at(-1)!;
  }

  get icePassword(): string {
    return this.#icePassword;
  }

  get state(): TransportState {
    return this.#state;
  }

  /** What the path to the peer carries; undefined as long as the peer takes no part in finding out. */
  get bandwidth(): BandwidthControl | undefined {
    return this.#rtp.bandwidth;
  }

  /**
   * The first call starts the transport; a later one with another user name fragment is an ICE restart, which gives new
   * local credentials unless `restartIce` has given them.
   * @throws RangeError when the server has no room for another session.
   */
  setRemote(parameters: RemoteParameters): void {
    if (this.#closed) return;
    if (this.#remoteUfrag === undefined) {
      this.#start(parameters);
    } else if (this.#remoteUfrag !== parameters.iceUfrag) {
      if (!this.#restarting) this.#renewCredentials();
      this.#restarting = false;
      this.#ice.setRemote(parameters.iceUfrag);
    }
    this.#remoteUfrag = parameters.iceUfrag;
  }

  /** Before an offer of this side: new local credentials, which the peer is to answer with new ones. */
  restartIce(): void {
    if (this.#closed || this.#remoteUfrag === undefined || this.#restarting) return;
    this.#restarting = true;
    this.#renewCredentials();
  }

  /** A media section in which the peer sends. */
  createReceiver(parameters: RtpReceiverParameters): RtpReceiver {
    return this.#rtp.createReceiver(parameters);
  }

  /** A media section in which the peer receives. One made before `setRemote` may be fed after it only. */
  createSender(parameters: RtpSenderParameters): RtpSender {
    return this.#rtp.createSender(parameters);
  }

  /** Opens a data channel; it is ready when the observer's `onDataChannel` says so. */
  openDataChannel(options: DataChannelOptions): DataChannel | undefined {
    const channel = this.#sctp?.open(options);
    this.#context.schedule(this);
    return channel;
  }

  /** To be called after `DataChannel.send`: what was queued goes out. */
  dataQueued(): void {
    this.#context.schedule(this);
  }

  /** Idempotent. The peer is told by DTLS. */
  close(): void {
    this.#end('closed');
  }

  /** For `WebRtcServer` only: closes it because of an error. */
  fail(): void {
    this.#end('failed');
  }

  /** For `WebRtcServer` only: received descriptors `first` to `last` (exclusive); several are one stream's RTP packets. */
  receive(rx: Uint32Array, first: number, last: number, now: number): void {
    const at = first * RX_WORDS;
    const { counted } = this.#context;
    switch (rx[at + RX.KIND]) {
      case RxKind.RTP:
        // DTLS may be done over a path that is authentic but not nominated yet; media has to wait for that.
        if (this.#ice.state === 'checking') {
          counted.rtpBeforeNomination += last - first;
          break;
        }
        this.#ice.heard(now);
        this.#rtp.receiveRtp(rx, first, last, now);
        break;
      case RxKind.RTCP:
        this.#ice.heard(now);
        this.#rtp.receiveRtcp(this.#bytes(rx, at), now);
        break;
      case RxKind.STUN: {
        if (!this.#stunLimit.take(1, now)) {
          counted.stunFlood += 1;
          break;
        }
        const path = rx.subarray(at + RX.PATH, at + RX.PATH + PATH_WORDS);
        const response = this.#ice.receive(this.#bytes(rx, at), path, now);
        this.#context.expect(this, this.#ice.deadline);
        if (!response) break;
        if (rx[at + RX.SESSION] !== this.#wireSession) this.#reclaim(path);
        this.#context.batch.pushRaw(response, path);
        break;
      }
      case RxKind.DATA:
        if (!this.#dataLimit.take(1, now)) {
          counted.dataFlood += 1;
          break;
        }
        this.#sctp?.receive(this.#bytes(rx, at), now);
        this.#context.schedule(this);
        break;
      case RxKind.STATE:
        this.#dtlsStateChanged(rx[at + RX.STATE]!, now);
        break;
      default:
    }
  }

  /** For `WebRtcServer` only: when `handleTimeout` has something to do; Infinity if nothing is due. */
  get deadline(): number {
    const { deadline } = this.#ice;
    if (this.#state !== 'connected') return deadline;
    return Math.min(deadline, this.#rtp.deadline, this.#sctp?.deadline ?? Infinity);
  }

  /** For `WebRtcServer` only. */
  handleTimeout(now: number): void {
    if (now >= this.#ice.deadline) this.#ice.handleTimeout(now);
    if (this.#state !== 'connected') return;
    if (this.#sctp && now >= this.#sctp.deadline) {
      this.#sctp.handleTimeout(now);
      if (this.#closed) return;
      this.#writeSctp(now);
    }
    if (now >= this.#rtp.deadline) this.#rtp.handleTimeout(now);
  }

  /** For `WebRtcServer` only: this thread stood still for so many milliseconds, in which it could hear nobody. */
  handleStall(milliseconds: number): void {
    this.#ice.handleStall(milliseconds);
  }

  /** For `WebRtcServer` only: writes into the batch what waits since `schedule`. */
  writePending(): void {
    if (this.#state !== 'connected') return;
    this.#writeSctp(this.#context.now());
    this.#context.expect(this, this.#sctp?.deadline ?? Infinity);
  }

  get #closed(): boolean {
    return this.#state === 'closed' || this.#state === 'failed';
  }

  #start(parameters: RemoteParameters): void {
    this.#ice.setRemote(parameters.iceUfrag);
    this.#wireSession = this.#context.openSession(this, parameters.role, parameters.fingerprint);
    this.#rtp.open(this.#wireSession);
    this.#sctp = new SctpAssociation({
      initiate: parameters.role === 'client',
      random: () => new DataView(this.#context.random(4).slice().buffer).getUint32(0),
      mtu: SCTP_MTU,
      counters: this.#context.counted.sctp,
      ...(parameters.maxMessageSize !== undefined && { maxSendMessageSize: parameters.maxMessageSize }),
      observer: {
        onConnected: () => undefined,
        // Media may still flow, but a client that waits for data in vain is better off connecting anew.
        onClosed: (reason) => {
          if (reason === 'timeout' || reason === 'protocol-error') this.fail();
        },
        onChannelOpen: (channel) => this.#observer.onDataChannel(channel),
        onMessage: (channel, payload, binary) => this.#observer.onMessage(channel, payload, binary),
        onChannelClosed: (channel) => this.#observer.onDataChannelClosed(channel),
        onBufferedLow: () => undefined,
      },
    });
    if (this.#ice.selectedPath) this.#context.setPath(this.#wireSession, this.#ice.selectedPath);
    this.#setState('connecting');
  }

  /** A check of ours came over a path that is another session's: if it is the one selected, that one took it away. */
  #reclaim(path: Path): void {
    const { selectedPath } = this.#ice;
    if (this.#wireSession === NO_SESSION || !selectedPath || !pathsEqual(selectedPath, path)) return;
    this.#context.setPath(this.#wireSession, path);
  }

  #renewCredentials(): void {
    const { ufrag, password } = generateIceCredentials(this.#context.random, this.#context.ufragPrefix);
    this.#icePassword = password;
    this.#registerUfrag(ufrag);
    this.#ice.restart(ufrag, password);
  }

  #registerUfrag(ufrag: string): void {
    this.#ufrags.push(ufrag);
    this.#context.registerUfrag(ufrag, this);
    // The generation before answers until the restart is through; those before that never again.
    if (this.#ufrags.length > 2) this.#context.unregisterUfrag(this.#ufrags.shift()!);
  }

  #bytes(rx: Uint32Array, at: number): Uint8Array {
    const start = rx[at + RX.SLOT]! * SLOT_SIZE;
    return this.#context.packets.pool.subarray(start, start + rx[at + RX.LENGTH]!);
  }

  #writeSctp(now: number): void {
    const { batch } = this.#context;
    const sctp = this.#sctp;
    if (!sctp) return;
    for (;;) {
      const offset = batch.reserve(SCTP_MTU);
      const length = sctp.poll(batch.scratch.subarray(offset, offset + SCTP_MTU), now);
      if (length === 0) return;
      batch.push(TxKind.DATA, this.#wireSession, offset, length);
    }
  }

  #iceStateChanged(state: IceState): void {
    switch (state) {
      case 'connected':
        if (this.#dtlsConnected) this.#setState('connected');
        break;
      case 'disconnected':
        if (this.#state === 'connected') this.#setState('disconnected');
        break;
      case 'failed':
        this.#end('failed');
        break;
      default:
    }
  }

  #dtlsStateChanged(state: number, now: number): void {
    this.#context.handshakeEnded(this.#wireSession);
    switch (state) {
      case DtlsState.CONNECTED:
        this.#dtlsConnected = true;
        this.#sctp?.connect(now);
        this.#setState('connected');
        this.#context.schedule(this);
        break;
      case DtlsState.FAILED:
        this.#end('failed');
        break;
      case DtlsState.CLOSED:
        this.#end('closed');
        break;
    }
  }

  #setState(state: TransportState): void {
    if (state === this.#state || this.#closed) return;
    this.#state = state;
    if (state === 'connected') this.#context.expect(this, this.deadline);
    this.#observer.onStateChange(state);
  }

  #end(state: 'closed' | 'failed'): void {
    if (this.#closed) return;
    if (this.#state === 'connected') {
      this.#sctp?.close();
      this.#writeSctp(this.#context.now());
      this.#context.batch.flush();
    }
    this.#rtp.close();
    this.#ice.close();
    for (const ufrag of this.#ufrags) this.#context.unregisterUfrag(ufrag);
    this.#context.forget(this, this.#wireSession);
    this.#setState(state);
  }
}
