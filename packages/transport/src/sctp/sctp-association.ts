import { createCounters } from '@parley/core';
import { buildChunk, ChunkType, parseChunks, REFLECTED_TAG } from './chunks.js';
import type { Chunk } from './chunks.js';
import { sctpMetrics, type SctpCounters } from './sctp-metrics.js';
import type { DataChannel } from './data-channel.js';
import { DataChannels } from './data-channels.js';
import type { OpenOptions } from './data-channels.js';
import { DataTransfer } from './data-transfer.js';
import {
  buildAbort,
  buildReflectedAbort,
  buildStaleCookieError,
  buildUnrecognizedChunkError,
  ErrorCause,
  hasStaleCookieCause,
} from './error-causes.js';
import { Fifo } from './fifo.js';
import { Handshake } from './handshake.js';
import type { Reply } from './handshake.js';
import { Heartbeat } from './heartbeat.js';
import { parseInit } from './init-chunk.js';
import type { SctpCloseReason, SctpObserver, SctpOptions } from './options.js';
import { isValidPacket, PACKET_HEADER_LENGTH, sealPacket, verificationTagOf } from './packet.js';
import type { AssociationParameters } from './association-parameters.js';
import { SendQueue } from './send-queue.js';

export type SctpState = 'new' | 'connecting' | 'connected' | 'closing' | 'closed';

const DEFAULT_MAX_MESSAGE_SIZE = 262_144;
const DEFAULT_SEND_BUFFER_LIMIT = 1 << 20;
const DEFAULT_MTU = 1180;
/** Bytes of data held while earlier data is missing: what our receiver window says. */
const MIN_RECEIVE_BUFFER = 2 << 20;
/** Association.Max.Retrans, RFC 9260 section 16: unanswered tries after which the peer counts as gone. */
const MAX_ERRORS = 10;
/** Packets of their own that may wait for the next poll. */
const MAX_WAITING_REPLIES = 8;

/**
 * One SCTP association with its data channels (RFC 9260, RFC 8831), over DTLS or anything else that carries packets.
 * It does no I/O: packets and time come in as arguments, packets go out through `poll`.
 */
export class SctpAssociation {
  readonly counters: SctpCounters;
  readonly #observer: SctpObserver;
  readonly #initiate: boolean;
  readonly #mtu: number;
  readonly #receiveBuffer: number;
  readonly #maxReceiveMessageSize: number;
  readonly #handshake: Handshake;
  readonly #heartbeat: Heartbeat;
  readonly #sendQueue: SendQueue;
  readonly #channels: DataChannels;
  /** Packets of their own: answers to INIT, aborts. */
  readonly #replies = new Fifo<Reply>();
  #state: SctpState = 'new';
  #transfer: DataTransfer | undefined;
  /** Unanswered tries since the peer last answered. */
  #errors = 0;
  #shutdownAckSent = false;
  /** T2-shutdown. */
  #shutdownDeadline = Infinity;

  constructor(options: SctpOptions) {
    this.counters = options.counters ?? createCounters(sctpMetrics);
    this.#observer = options.observer;
    this.#initiate = options.initiate;
    this.#mtu = options.mtu ?? DEFAULT_MTU;
    this.#maxReceiveMessageSize = options.maxReceiveMessageSize ?? DEFAULT_MAX_MESSAGE_SIZE;
    this.#receiveBuffer = Math.max(MIN_RECEIVE_BUFFER, 2 * this.#maxReceiveMessageSize);
    this.#handshake = new Handshake(options.random, this.#receiveBuffer);
    this.#heartbeat = new Heartbeat(options.random);
    this.#sendQueue = new SendQueue(options.sendBufferLimit ?? DEFAULT_SEND_BUFFER_LIMIT, this.counters);
    this.#channels = new DataChannels({
      observer: options.observer,
      sendQueue: this.#sendQueue,
      counters: this.counters,
      maxSendMessageSize: options.maxSendMessageSize ?? DEFAULT_MAX_MESSAGE_SIZE,
      evenIds: options.initiate,
      resetStream: (streamId) => this.#transfer?.resetStream(streamId) ?? false,
    });
  }

  get state(): SctpState {
    return this.#state;
  }

  /** The channels that are not closed, by stream id. */
  get channels(): ReadonlyMap<number, DataChannel> {
    return this.#channels.byId;
  }

  /** When `handleTimeout` wants to be called; Infinity when never. */
  get deadline(): number {
    if (this.#state === 'closed') return Infinity;
    if (!this.#transfer) return this.#handshake.deadline;
    return Math.min(this.#transfer.deadline, this.#heartbeat.deadline, this.#shutdownDeadline);
  }

  /** DTLS is up: sends INIT when `initiate`, else waits for the peer's (one that came earlier is answered too). */
  connect(now: number): void {
    if (this.#state !== 'new') return;
    this.#state = 'connecting';
    if (this.#initiate) this.#handshake.connect(now);
  }

  /**
   * Takes a packet from the peer; nothing of it is kept. What is malformed or does not fit is dropped and counted.
   * A violation that leaves no way on ends the association.
   */
  receive(packet: Uint8Array, now: number): void {
    this.counters.packetsReceived++;
    const chunks = isValidPacket(packet) ? parseChunks(packet) : undefined;
    if (!chunks) {
      this.counters.malformed++;
      return;
    }
    const tag = verificationTagOf(packet);
    if (this.#state === 'closed') this.#answerStray(chunks, tag);
    else if (this.#admit(chunks, tag, now)) this.#handleChunks(chunks, now);
  }

  handleTimeout(now: number): void {
    if (this.#state === 'closed') return;
    if (!this.#transfer) {
      if (now >= this.#handshake.deadline && !this.#handshake.handleTimeout(now)) this.#end('timeout');
      return;
    }
    this.#errors += this.#transfer.handleTimeout(now);
    if (now >= this.#heartbeat.deadline) {
      const { chunk, missed } = this.#heartbeat.handleTimeout(now);
      if (missed) this.#errors++;
      this.#transfer.sendControl(chunk);
    }
    if (now >= this.#shutdownDeadline) {
      this.#errors++;
      this.#shutdownAckSent = false;
    }
    if (this.#errors > MAX_ERRORS) this.#end('timeout');
    else this.#channels.onReleased();
  }

  /**
   * Writes the next packet to send into `out`, which must have room for the MTU; returns its length, or 0 when there
   * is nothing to send now. To be called until 0 after `receive`, `handleTimeout`, `connect`, `open`, `close` and
   * whatever is done with a channel.
   */
  poll(out: Uint8Array, now: number): number {
    if (out.length < this.#mtu) {
      throw new RangeError(`poll needs room for ${this.#mtu} bytes, not ${out.length}`);
    }
    const alone = this.#replies.shift() ?? this.#handshake.takeRequest();
    if (alone) {
      out.set(alone.chunk, PACKET_HEADER_LENGTH);
      return this.#seal(out, PACKET_HEADER_LENGTH + alone.chunk.length, alone.tag);
    }
    const transfer = this.#transfer;
    if (!transfer || this.#state === 'closed') return 0;
    if (this.#state === 'closing') this.#advanceShutdown(transfer, now);
    const end = transfer.write(out, PACKET_HEADER_LENGTH, now);
    if (end === PACKET_HEADER_LENGTH) {
      // Messages that expired before they were sent made room.
      this.#channels.onReleased();
      return 0;
    }
    return this.#seal(out, end, transfer.parameters.peerTag);
  }

  /**
   * Opens a channel. It may be sent on at once, also before the association is up.
   * Throws a TypeError when the options contradict each other, an Error when the association is closed, the id is
   * taken or none is left.
   */
  open(options: OpenOptions): DataChannel {
    if (this.#state === 'closing' || this.#state === 'closed') throw new Error('The association is closed');
    return this.#channels.open(options);
  }

  /**
   * Ends the association at once (ABORT): what was not delivered is lost, and the observer hears nothing more.
   * The next poll takes the packet that tells the peer.
   */
  close(): void {
    if (this.#state === 'closed') return;
    this.#abort(ErrorCause.UserInitiatedAbort);
    this.#clear(false);
  }

  get #peerTag(): number {
    return this.#transfer?.parameters.peerTag ?? this.#handshake.peerTag;
  }

  /** Whether the packet belongs to this association; deals with those that set it up (RFC 9260 section 8.5). */
  #admit(chunks: Chunk[], tag: number, now: number): boolean {
    const first = chunks[0]!;
    if (first.type === ChunkType.Init) {
      const init = tag === 0 && chunks.length === 1 ? parseInit(first) : undefined;
      if (init) this.#reply(this.#handshake.handleInit(init, this.#transfer?.parameters, now));
      else this.counters.malformed++;
      return false;
    }
    if (first.type === ChunkType.CookieEcho) {
      chunks.shift();
      return this.#handleCookieEcho(first.value, tag, now);
    }
    const ends = first.type === ChunkType.Abort || first.type === ChunkType.ShutdownComplete;
    const reflected = ends && (first.flags & REFLECTED_TAG) !== 0;
    const localTag = this.#transfer?.parameters.localTag ?? this.#handshake.localTag;
    if (tag !== 0 && tag === (reflected ? this.#peerTag : localTag)) return true;
    this.counters.unexpected++;
    return false;
  }

  #handleCookieEcho(cookie: Uint8Array, tag: number, now: number): boolean {
    const verdict = this.#handshake.handleCookieEcho(cookie, tag, this.#transfer?.parameters, now);
    switch (verdict.kind) {
      case 'refused':
        this.counters.unexpected++;
        return false;
      case 'stale':
        this.counters.unexpected++;
        this.#reply({ tag: verdict.peerTag, chunk: buildStaleCookieError() });
        return false;
      case 'repeated':
        break;
      case 'restarted':
        this.#sendQueue.clear();
        this.#channels.onClosed(true);
        this.#establish(verdict.parameters, now);
        break;
      case 'established':
        this.#establish(verdict.parameters, now);
    }
    this.#transfer?.sendControl(buildChunk(ChunkType.CookieAck, 0));
    return this.#transfer !== undefined;
  }

  #establish(parameters: AssociationParameters, now: number): void {
    this.#transfer = new DataTransfer({
      parameters,
      sendQueue: this.#sendQueue,
      counters: this.counters,
      mtu: this.#mtu,
      receiveBuffer: this.#receiveBuffer,
      maxReceiveMessageSize: this.#maxReceiveMessageSize,
      observer: this.#channels,
    });
    this.#errors = 0;
    this.#shutdownAckSent = false;
    this.#shutdownDeadline = Infinity;
    this.#state = 'connected';
    this.#heartbeat.onReceived(now);
    this.#observer.onConnected();
    this.#channels.onConnected(parameters.outgoingStreams);
  }

  #handleChunks(chunks: readonly Chunk[], now: number): void {
    for (const chunk of chunks) {
      const transfer = this.#transfer;
      if (!(transfer ? this.#handleChunk(chunk, transfer, now) : this.#handleSetup(chunk, now))) break;
      for (let message = transfer?.nextMessage(); message; message = transfer?.nextMessage()) {
        this.#channels.onMessage(message);
      }
      if (this.#state === 'closed') return;
    }
    if (!this.#transfer) return;
    this.#transfer.endPacket(now);
    // After the chunks: the answer to a heartbeat has to find it pending.
    this.#heartbeat.onReceived(now);
    this.#channels.onReleased();
  }

  /** A chunk before the association is up; false when the rest of the packet is of no use. */
  #handleSetup(chunk: Chunk, now: number): boolean {
    switch (chunk.type) {
      case ChunkType.InitAck: {
        const init = parseInit(chunk);
        if (!init) this.counters.malformed++;
        else if (!this.#handshake.handleInitAck(init, now)) this.counters.unexpected++;
        return false;
      }
      case ChunkType.CookieAck: {
        const parameters = this.#handshake.handleCookieAck();
        if (parameters) this.#establish(parameters, now);
        else this.counters.unexpected++;
        return true;
      }
      case ChunkType.Error:
        if (hasStaleCookieCause(chunk)) this.#handshake.handleStaleCookie(now);
        return true;
      case ChunkType.Abort:
        this.#end('aborted');
        return false;
      default:
        this.counters.unexpected++;
        return true;
    }
  }

  /** A chunk of the association; false when the rest of the packet is of no use. */
  #handleChunk(chunk: Chunk, transfer: DataTransfer, now: number): boolean {
    switch (chunk.type) {
      case ChunkType.Data: {
        const violation = transfer.handleData(chunk);
        if (violation === undefined) return true;
        this.#abort(violation);
        this.#end('protocol-error');
        return false;
      }
      case ChunkType.Sack:
        this.#errors = 0;
        transfer.handleSack(chunk, now);
        return true;
      case ChunkType.ForwardTsn:
        transfer.handleForwardTsn(chunk);
        return true;
      case ChunkType.ReConfig:
        this.#errors = 0;
        transfer.handleReconfig(chunk);
        return true;
      case ChunkType.Heartbeat:
        transfer.sendControl(buildChunk(ChunkType.HeartbeatAck, 0, chunk.value));
        return true;
      case ChunkType.HeartbeatAck: {
        const roundTrip = this.#heartbeat.handleAck(chunk.value, now);
        if (roundTrip === undefined) {
          this.counters.unexpected++;
        } else {
          this.#errors = 0;
          transfer.observeRoundTrip(roundTrip);
        }
        return true;
      }
      case ChunkType.Abort:
        this.#end('aborted');
        return false;
      case ChunkType.Shutdown:
        if (this.#state === 'connected') {
          this.#state = 'closing';
          this.#channels.onShutdown();
        }
        return true;
      case ChunkType.ShutdownComplete:
        if (this.#shutdownDeadline !== Infinity) {
          this.#end('shutdown');
          return false;
        }
        this.counters.unexpected++;
        return true;
      case ChunkType.Error:
      case ChunkType.CookieAck:
      case ChunkType.InitAck:
      case ChunkType.ShutdownAck:
      case ChunkType.Init:
      case ChunkType.CookieEcho:
        // Late copies, reports that only inform, and chunks that may not stand here.
        this.counters.unexpected++;
        return true;
      default:
        return this.#handleUnknown(chunk, transfer);
    }
  }

  /** The two high bits of the type say what to do: go on (bit 7) and report (bit 6), RFC 9260 section 3.2. */
  #handleUnknown(chunk: Chunk, transfer: DataTransfer): boolean {
    this.counters.unexpected++;
    if (chunk.type & 0x40) transfer.sendControl(buildUnrecognizedChunkError(chunk));
    return (chunk.type & 0x80) !== 0;
  }

  /** The peer shuts down: once all of ours has arrived, we agree (RFC 9260 section 9.2). */
  #advanceShutdown(transfer: DataTransfer, now: number): void {
    if (this.#shutdownAckSent || !this.#sendQueue.isEmpty) return;
    this.#shutdownAckSent = true;
    this.#shutdownDeadline = now + transfer.timeout;
    transfer.sendControl(buildChunk(ChunkType.ShutdownAck, 0));
  }

  /** A packet after the end: the peer may have missed it (RFC 9260 section 8.4). */
  #answerStray(chunks: readonly Chunk[], tag: number): void {
    this.counters.unexpected++;
    const types = chunks.map(({ type }) => type);
    if (types.includes(ChunkType.Abort) || types.includes(ChunkType.ShutdownComplete)) return;
    if (types.includes(ChunkType.Init) || types.includes(ChunkType.Error)) return;
    const chunk = types.includes(ChunkType.ShutdownAck)
      ? buildChunk(ChunkType.ShutdownComplete, REFLECTED_TAG)
      : buildReflectedAbort();
    this.#reply({ tag, chunk });
  }

  #reply(reply: Reply): void {
    const fits = PACKET_HEADER_LENGTH + reply.chunk.length <= this.#mtu;
    if (fits && this.#replies.length < MAX_WAITING_REPLIES) this.#replies.push(reply);
  }

  #abort(cause: number): void {
    if (this.#peerTag !== 0) this.#reply({ tag: this.#peerTag, chunk: buildAbort(cause) });
  }

  #end(reason: SctpCloseReason): void {
    this.#clear(true);
    this.#observer.onClosed(reason);
  }

  #clear(notify: boolean): void {
    this.#state = 'closed';
    this.#transfer = undefined;
    this.#handshake.stop();
    this.#channels.onClosed(notify);
    this.#sendQueue.clear();
  }

  #seal(out: Uint8Array, length: number, tag: number): number {
    sealPacket(out, length, tag);
    this.counters.packetsSent++;
    return length;
  }
}
