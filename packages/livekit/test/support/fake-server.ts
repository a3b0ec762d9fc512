import type { RtpReceiverParameters, RtpSenderParameters, WebRtcTransport } from '@parley/transport';
import { DataChannel, RtpReceiver, RtpSender } from '@parley/transport';
import type {
  DataChannelOptions,
  RemoteParameters,
  TransportState,
  WebRtcTransportObserver,
} from '@parley/transport';

type Transport = Pick<
  WebRtcTransport,
  | 'iceUfrag'
  | 'icePassword'
  | 'state'
  | 'setRemote'
  | 'restartIce'
  | 'openDataChannel'
  | 'createReceiver'
  | 'createSender'
  | 'dataQueued'
  | 'close'
>;

/** A transport without a network: remembers what it was told, and lets tests say what its peer does. */
export class FakeTransport implements Transport {
  readonly observer: WebRtcTransportObserver;
  readonly remotes: RemoteParameters[] = [];
  readonly receivers: RtpReceiver[] = [];
  readonly senders: RtpSender[] = [];
  readonly closedReceivers = new Set<RtpReceiver>();
  readonly closedSenders = new Set<RtpSender>();
  /** Channels that the server opened. */
  readonly opened: { label: string; channel: DataChannel; sent: Uint8Array[] }[] = [];
  iceUfrag = 'ufrag0';
  icePassword = 'passwordOfTwentyFourSigns';
  state: TransportState = 'new';
  #channels = 0;

  constructor(observer: WebRtcTransportObserver) {
    this.observer = observer;
  }

  setRemote(parameters: RemoteParameters): void {
    const restarted = this.remotes.length > 0 && this.remotes.at(-1)?.iceUfrag !== parameters.iceUfrag;
    this.remotes.push(parameters);
    if (restarted) this.iceUfrag = `ufrag${this.remotes.length}`;
  }

  restartIce(): void {
    this.iceUfrag = `restarted${this.remotes.length}`;
  }

  createReceiver(parameters: RtpReceiverParameters): RtpReceiver {
    const receiver = new RtpReceiver(parameters, {
      onClosed: (closed) => this.closedReceivers.add(closed),
      requestKeyFrame: () => undefined,
    });
    this.receivers.push(receiver);
    return receiver;
  }

  createSender(parameters: RtpSenderParameters): RtpSender {
    const sender = new RtpSender(parameters, {
      wireSession: 0,
      random: (bytes) => new Uint8Array(bytes).fill(this.senders.length + 1),
      onTransportSequence: () => undefined,
      onClosed: (closed) => this.closedSenders.add(closed),
    });
    this.senders.push(sender);
    return sender;
  }

  dataQueued(): void {
    // Nothing is sent.
  }

  close(): void {
    this.setState('closed');
  }

  setState(state: TransportState): void {
    if (state === this.state) return;
    this.state = state;
    this.observer.onStateChange(state);
  }

  /** The server opens a channel, which the peer takes at once. */
  openDataChannel({ label }: DataChannelOptions): DataChannel {
    const opened = this.openChannel(label);
    this.opened.push({ label, ...opened });
    return opened.channel;
  }

  /** The peer opens a channel; answers it, and what is sent over it. */
  openChannel(label: string): { channel: DataChannel; sent: Uint8Array[] } {
    const sent: Uint8Array[] = [];
    const parameters = {
      label,
      protocol: '',
      ordered: label !== '_lossy',
      maxRetransmits: undefined,
      maxPacketLifeTime: undefined,
    };
    const channel = new DataChannel(this.#channels++, parameters, {
      state: 'open',
      bufferedAmount: 0,
      send: (payload) => sent.push(payload) > 0,
      close: () => undefined,
    });
    this.observer.onDataChannel(channel);
    return { channel, sent };
  }
}

/** Takes the place of the WebRTC server. */
export class FakeServer {
  readonly fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
  readonly candidates = [
    { foundation: '1', protocol: 'udp', priority: 2130706431, ip: '192.0.2.1', port: 8443 } as const,
  ];
  readonly transports: FakeTransport[] = [];

  createTransport(observer: WebRtcTransportObserver): WebRtcTransport {
    const transport = new FakeTransport(observer);
    this.transports.push(transport);
    // Its class has private fields, so nothing else is of its type; the sfu and this package use only what `Transport` has.
    const fake: Transport = transport;
    return fake as WebRtcTransport;
  }
}
