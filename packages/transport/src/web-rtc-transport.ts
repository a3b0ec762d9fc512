import { DtlsState, NO_SESSION, PATH_WORDS, RX, RX_WORDS, RxKind, SLOT_SIZE, TxKind } from '@parley/wire';
import type { BandwidthControl } from './bandwidth-control.js';
import { generateIceCredentials, IceAgent, pathsEqual, type IceState, type Path } from './ice/index.js';
import { PacketLimits } from './packet-limits.js';
import { RtcpSession } from './rtcp-session.js';
import { RtpDemuxer } from './rtp-demuxer.js';
import { RtpReceiver, type RtpReceiverParameters } from './rtp-receiver.js';
import { RtpSender, type RtpSenderParameters } from './rtp-sender.js';
import { SctpAssociation, type DataChannel, type DataChannelOptions } from './sctp/index.js';
import { SenderGroup } from './sender-group.js';
import type { WebRtcServer } from './web-rtc-server.js';

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

/** SCTP packets are at most this long, so that DTLS, UDP and IPv6 around them fit into 1,280 bytes. */
const SCTP_MTU = 1180;

/**
 * One peer: ICE, DTLS, data channels and the RTP streams of both directions, over one path.
 *
 * It does no I/O: the server gives it packets and the time, and it writes what it sends into the server's batch.
 */
export class WebRtcTransport {
  readonly #server: WebRtcServer;
  readonly #observer: WebRtcTransportObserver;
  readonly #limits: PacketLimits;
  readonly #ice: IceAgent;
  readonly #rtcp: RtcpSession;
  readonly #demuxer: RtpDemuxer;
  readonly #senders: SenderGroup;
  /** Local user name fragments that checks may come with: more than one after an ICE restart. */
  readonly #ufrags: string[] = [];
  #icePassword: string;
  #remoteUfrag: string | undefined;
  /** `restartIce` was called, and the peer has not answered with new credentials yet. */
  #restarting = false;
  #session = NO_SESSION;
  #sctp: SctpAssociation | undefined;
  #dtlsConnected = false;
  #state: TransportState = 'new';

  /** Made by `WebRtcServer.createTransport`. */
  constructor(server: WebRtcServer, observer: WebRtcTransportObserver) {
    this.#server = server;
    this.#observer = observer;
    this.#limits = new PacketLimits(server.packetsPerSecond);
    const { ufrag, password } = generateIceCredentials(server.random, server.ufragPrefix);
    this.#icePassword = password;
    this.#registerUfrag(ufrag);
    this.#ice = new IceAgent({
      localUfrag: ufrag,
      localPassword: password,
      observer: {
        onPath: (path) => {
          if (this.#session !== NO_SESSION) server.wire.setPath(this.#session, path);
        },
        onStateChange: (state) => this.#iceStateChanged(state),
      },
    });
    this.#demuxer = new RtpDemuxer(server);
    this.#senders = new SenderGroup({
      batch: server.batch,
      counted: server.counted,
      onUrgent: () => server.hurry(this),
    });
    this.#rtcp = new RtcpSession(server, this.#demuxer, this.#senders);
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
    return this.#senders.bandwidth;
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
    const receiver = new RtpReceiver(parameters, {
      onClosed: (closed) => this.#demuxer.removeReceiver(closed),
      requestKeyFrame: (encoding) => {
        encoding.keyFrames.request(this.#server.now());
        this.#server.schedule(this);
      },
    });
    this.#demuxer.addReceiver(receiver);
    return receiver;
  }

  /** A media section in which the peer receives. One made before `setRemote` may be fed after it only. */
  createSender(parameters: RtpSenderParameters): RtpSender {
    const sender = new RtpSender(parameters, {
      session: this.#session,
      random: this.#server.random,
      onTransportSequence: (accepting, id) => this.#senders.acceptTransportSequence(accepting, id),
      onClosed: (closed) => this.#senders.remove(closed),
    });
    this.#senders.add(sender);
    return sender;
  }

  /** Opens a data channel; it is ready when the observer's `onDataChannel` says so. */
  openDataChannel(options: DataChannelOptions): DataChannel | undefined {
    const channel = this.#sctp?.open(options);
    this.#server.schedule(this);
    return channel;
  }

  /** To be called after `DataChannel.send`: what was queued goes out. */
  dataQueued(): void {
    this.#server.schedule(this);
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
    const { counted } = this.#server;
    switch (rx[at + RX.KIND]) {
      case RxKind.RTP:
        // DTLS may be done over a path that is authentic but not nominated yet; media has to wait for that.
        if (this.#ice.state === 'checking') counted.rtpBeforeNomination += last - first;
        else if (!this.#limits.rtp.take(last - first, now)) counted.rtpFlood += last - first;
        else this.#demuxer.receive(rx, first, last, now);
        break;
      case RxKind.RTCP:
        if (this.#limits.rtcp.take(1, now)) this.#rtcp.receive(this.#bytes(rx, at), now);
        else counted.rtcpFlood += 1;
        break;
      case RxKind.STUN: {
        if (!this.#limits.stun.take(1, now)) {
          counted.stunFlood += 1;
          break;
        }
        const path = rx.subarray(at + RX.PATH, at + RX.PATH + PATH_WORDS);
        const response = this.#ice.receive(this.#bytes(rx, at), path, now);
        if (!response) break;
        if (rx[at + RX.SESSION] !== this.#session) this.#reclaim(path);
        this.#server.batch.pushRaw(response, path);
        break;
      }
      case RxKind.DATA:
        if (!this.#limits.data.take(1, now)) {
          counted.dataFlood += 1;
          break;
        }
        this.#sctp?.receive(this.#bytes(rx, at), now);
        this.#server.schedule(this);
        break;
      case RxKind.STATE:
        this.#dtlsStateChanged(rx[at + RX.STATE]!, now);
        break;
    }
  }

  /** For `WebRtcServer` only. */
  handleTimers(now: number): void {
    if (now >= this.#ice.deadline) this.#ice.handleTimeout(now);
    if (this.#state !== 'connected') return;
    if (this.#sctp && now >= this.#sctp.deadline) {
      this.#sctp.handleTimeout(now);
      if (this.#closed) return;
      this.#writeSctp(now);
    }
    this.#rtcp.write(this.#session, now);
    this.#senders.bandwidth?.handleTimeout(now);
    this.pace(now);
  }

  /**
   * For `WebRtcServer` only: sends what waited for the pacer, and probes.
   * @returns whether to call again in a few milliseconds.
   */
  pace(now: number): boolean {
    return this.#state === 'connected' && this.#senders.pace(this.#session, now);
  }

  /** For `WebRtcServer` only: writes into the batch what waits since `schedule`. */
  writePending(): void {
    if (this.#state !== 'connected') return;
    const now = this.#server.now();
    this.#writeSctp(now);
    this.#rtcp.write(this.#session, now);
  }

  get #closed(): boolean {
    return this.#state === 'closed' || this.#state === 'failed';
  }

  #start(parameters: RemoteParameters): void {
    this.#ice.setRemote(parameters.iceUfrag);
    this.#session = this.#server.openSession(this, parameters.role, parameters.fingerprint);
    this.#senders.setSession(this.#session);
    this.#sctp = new SctpAssociation({
      initiate: parameters.role === 'client',
      random: () => new DataView(this.#server.random(4).slice().buffer).getUint32(0),
      mtu: SCTP_MTU,
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
    if (this.#ice.selectedPath) this.#server.wire.setPath(this.#session, this.#ice.selectedPath);
    this.#setState('connecting');
  }

  /** A check of ours came over a path that is another session's: if it is the one selected, that one took it away. */
  #reclaim(path: Path): void {
    const { selectedPath } = this.#ice;
    if (this.#session === NO_SESSION || !selectedPath || !pathsEqual(selectedPath, path)) return;
    this.#server.wire.setPath(this.#session, path);
  }

  #renewCredentials(): void {
    const { ufrag, password } = generateIceCredentials(this.#server.random, this.#server.ufragPrefix);
    this.#icePassword = password;
    this.#registerUfrag(ufrag);
    this.#ice.restart(ufrag, password);
  }

  #registerUfrag(ufrag: string): void {
    this.#ufrags.push(ufrag);
    this.#server.registerUfrag(ufrag, this);
    // The generation before answers until the restart is through; those before that never again.
    if (this.#ufrags.length > 2) this.#server.unregisterUfrag(this.#ufrags.shift()!);
  }

  #bytes(rx: Uint32Array, at: number): Uint8Array {
    const start = rx[at + RX.SLOT]! * SLOT_SIZE;
    return this.#server.wire.pool.subarray(start, start + rx[at + RX.LENGTH]!);
  }

  #writeSctp(now: number): void {
    const { batch } = this.#server;
    const sctp = this.#sctp;
    if (!sctp) return;
    for (;;) {
      const offset = batch.reserve(SCTP_MTU);
      const length = sctp.poll(batch.scratch.subarray(offset, offset + SCTP_MTU), now);
      if (length === 0) return;
      batch.push(TxKind.DATA, this.#session, offset, length);
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
    switch (state) {
      case DtlsState.CONNECTED:
        this.#dtlsConnected = true;
        this.#sctp?.connect(now);
        this.#setState('connected');
        this.#server.schedule(this);
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
    this.#observer.onStateChange(state);
  }

  #end(state: 'closed' | 'failed'): void {
    if (this.#closed) return;
    if (this.#state === 'connected') {
      this.#sctp?.close();
      this.#writeSctp(this.#server.now());
      this.#server.batch.flush();
    }
    this.#demuxer.close();
    this.#ice.close();
    for (const ufrag of this.#ufrags) this.#server.unregisterUfrag(ufrag);
    this.#server.forget(this, this.#session);
    this.#setState(state);
  }
}
