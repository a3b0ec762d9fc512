import type { TokenBucket } from '@parley/core';
import { NO_SESSION } from '@parley/wire';
import type { BandwidthControl } from '../congestion/index.js';
import { packetLimit } from '../packet-limit.js';
import type { PacketPool } from './kept-packets.js';
import { RtcpEndpoint } from './rtcp-endpoint.js';
import type { RtcpProfile } from './rtcp-reports.js';
import type { RtpCounters } from './rtp-metrics.js';
import { RtpDemuxer } from './rtp-demuxer.js';
import { RtpReceiver } from './rtp-receiver.js';
import type { RtpReceiverParameters } from './rtp-receiver-parameters.js';
import { RtpSender, type RtpSenderParameters } from './rtp-sender.js';
import type { SendBatch } from './send-batch.js';
import { SenderGroup } from './sender-group.js';

/** What all RTP sessions of a thread share. */
export interface RtpSessionContext {
  readonly packets: PacketPool;
  readonly batch: SendBatch;
  readonly counted: RtpCounters;
  /** RTP packets that one peer may send in a second. */
  readonly packetsPerSecond: number;
  /** Monotonic time in milliseconds. */
  readonly now: () => number;
  /** Cryptographically strong random bytes. */
  readonly random: (bytes: number) => Uint8Array;
}

export interface RtpSessionObserver {
  /** `deadline` is earlier than it was. */
  onDeadline(deadline: number): void;
}

/** RTCP packets a second that a client has reason to send beside its media. */
const RTCP_RATE = 1000;

/**
 * RTP and RTCP with one peer, in both directions, over one path (RFC 3550): its receivers and senders, what of it is lost and
 * sent again, and what the path carries.
 *
 * It knows no transport below it. Whoever owns it opens a session of the wire, gives it the received descriptors and the time,
 * and it writes what it sends into the batch.
 */
export class RtpSession {
  readonly #context: RtpSessionContext;
  readonly #observer: RtpSessionObserver;
  readonly #rtpLimit: TokenBucket;
  readonly #rtcpLimit = packetLimit(RTCP_RATE);
  readonly #demuxer: RtpDemuxer;
  readonly #senders: SenderGroup;
  readonly #rtcp: RtcpEndpoint;
  #wireSession = NO_SESSION;
  #rtcpSession = NO_SESSION;
  #deadline = Infinity;

  constructor(context: RtpSessionContext, observer: RtpSessionObserver, profile: RtcpProfile = 'AVPF') {
    this.#context = context;
    this.#observer = observer;
    this.#rtpLimit = packetLimit(context.packetsPerSecond);
    this.#demuxer = new RtpDemuxer(context);
    this.#senders = new SenderGroup({
      batch: context.batch,
      counted: context.counted,
      onUrgent: () => this.#lower(this.#senders.deadline(context.now())),
    });
    this.#rtcp = new RtcpEndpoint(context, profile, this.#demuxer, this.#senders);
  }

  /** What the path to the peer carries; undefined as long as the peer takes no part in finding out. */
  get bandwidth(): BandwidthControl | undefined {
    return this.#senders.bandwidth;
  }

  /** When `handleTimeout` has something to do; Infinity if nothing is due. */
  get deadline(): number {
    return this.#deadline;
  }

  /**
   * From now on it sends over this session of the wire, also with senders that were made before.
   *
   * @param rtcpSession Where RTCP goes out, if not over the same (RFC 5761).
   */
  open(wireSession: number, rtcpSession = wireSession): void {
    this.#wireSession = wireSession;
    this.#rtcpSession = rtcpSession;
    this.#senders.setWireSession(wireSession);
  }

  /** A media section in which the peer sends. */
  createReceiver(parameters: RtpReceiverParameters): RtpReceiver {
    const receiver = new RtpReceiver(parameters, {
      onClosed: (closed) => this.#demuxer.removeReceiver(closed),
      requestKeyFrame: (stream) => {
        stream.keyFrames.request(this.#context.now());
        this.#lower(stream.keyFrames.deadline);
      },
    });
    this.#demuxer.addReceiver(receiver);
    return receiver;
  }

  /** A media section in which the peer receives. One made before `open` may be fed after it only. */
  createSender(parameters: RtpSenderParameters): RtpSender {
    const sender = new RtpSender(parameters, {
      wireSession: this.#wireSession,
      random: this.#context.random,
      onTransportSequence: (accepting, id) => this.#senders.acceptTransportSequence(accepting, id),
      onClosed: (closed) => this.#senders.remove(closed),
    });
    this.#senders.add(sender);
    this.#lower(this.#rtcp.deadline);
    return sender;
  }

  /** Received descriptors `first` to `last` (exclusive) of RTP packets, all of one stream. */
  receiveRtp(rx: Uint32Array, first: number, last: number, now: number): void {
    if (!this.#rtpLimit.take(last - first, now)) {
      this.#context.counted.rtpFlood += last - first;
      return;
    }
    this.#demuxer.receive(rx, first, last, now);
    this.#lower(this.#rtcp.deadline);
  }

  /** A compound RTCP packet of the peer. */
  receiveRtcp(bytes: Uint8Array, now: number): void {
    if (!this.#rtcpLimit.take(1, now)) {
      this.#context.counted.rtcpFlood += 1;
      return;
    }
    this.#rtcp.receive(bytes, now);
    this.#lower(this.#senders.deadline(now));
  }

  /** Writes what is due: reports, requests for what is missing, feedback, what waited for the pacer, probes. */
  handleTimeout(now: number): void {
    this.#rtcp.handleTimeout(this.#rtcpSession, now);
    this.#senders.handleTimeout(this.#wireSession, now);
    this.#deadline = Math.min(this.#rtcp.deadline, this.#senders.deadline(now));
  }

  /** Takes leave of the peer, for transports that have no other way to; before `close`. */
  writeGoodbye(now: number): void {
    this.#rtcp.writeGoodbye(this.#rtcpSession, now);
  }

  /** Closes its receivers. Idempotent. */
  close(): void {
    this.#demuxer.close();
  }

  #lower(deadline: number): void {
    if (deadline >= this.#deadline) return;
    this.#deadline = deadline;
    this.#observer.onDeadline(deadline);
  }
}
