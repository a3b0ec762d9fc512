import type { SctpCounters } from './sctp-metrics.js';
import { DataChannel } from './data-channel.js';
import type { DataChannelLink, DataChannelState } from './data-channel.js';
import { buildAck, buildOpen, parseDcep, PayloadProtocol } from './dcep.js';
import type { ChannelParameters } from './dcep.js';
import type { SctpObserver } from './options.js';
import { MAX_STREAMS } from './association-parameters.js';
import type { InboundMessage } from './reassembly.js';
import type { OutgoingStream, SendQueue } from './send-queue.js';

/** The data channels of an association: opening (RFC 8832), messages and closing (RFC 8831). */

export interface OpenOptions {
  label: string;
  protocol?: string;
  /** Default true. */
  ordered?: boolean;
  /** How often a lost part is sent again before the message is given up. */
  maxRetransmits?: number;
  /** Milliseconds after which a message that has not arrived is given up. */
  maxPacketLifeTime?: number;
  /** Both ends call `open` with the same `id`, and nothing about it is sent. */
  negotiated?: boolean;
  id?: number;
}

interface Entry {
  readonly channel: DataChannel;
  readonly stream: OutgoingStream;
  state: DataChannelState;
  /** The peer acknowledged the channel, or needs not to: messages may go unordered. */
  acknowledged: boolean;
  /** Bytes buffered when the observer was last considered. */
  bufferedBefore: number;
  /** A message was refused because the send buffer was full. */
  refused: boolean;
  resetRequested: boolean;
  outgoingReset: boolean;
  incomingReset: boolean;
}

export interface DataChannelsOptions {
  readonly observer: SctpObserver;
  readonly sendQueue: SendQueue;
  readonly counters: SctpCounters;
  readonly maxSendMessageSize: number;
  /** Ids of our channels are even (we are the DTLS client) or odd. */
  readonly evenIds: boolean;
  /** All that was sent on this stream arrived: ask for its reset. False when streams cannot be reset. */
  readonly resetStream: (streamId: number) => boolean;
}

/** The payload of an empty message: SCTP cannot send one, so one byte stands for it (RFC 8831 section 6.6). */
const EMPTY = new Uint8Array(1);

export class DataChannels {
  readonly byId = new Map<number, DataChannel>();
  readonly #options: DataChannelsOptions;
  readonly #entries = new Map<number, Entry>();
  #connected = false;
  /** Streams we may send on; what the peer allows is known once connected. */
  #streamLimit = MAX_STREAMS;

  constructor(options: DataChannelsOptions) {
    this.#options = options;
  }

  /** Throws a TypeError when the options contradict each other, an Error when the id is taken or none is left. */
  open(options: OpenOptions): DataChannel {
    const {
      label,
      protocol = '',
      ordered = true,
      maxRetransmits,
      maxPacketLifeTime,
      negotiated = false,
    } = options;
    if (maxRetransmits !== undefined && maxPacketLifeTime !== undefined) {
      throw new TypeError('A data channel takes maxRetransmits or maxPacketLifeTime, not both');
    }
    if (negotiated && options.id === undefined) throw new TypeError('A negotiated data channel needs an id');
    const id = options.id ?? this.#freeId();
    if (id === undefined || !Number.isInteger(id) || id < 0 || id >= this.#streamLimit) {
      throw new Error(
        `No data channel id below ${this.#streamLimit} is left, or the one given is not below it`,
      );
    }
    if (this.#entries.has(id)) throw new Error(`Data channel ${id} exists`);
    const parameters = { label, protocol, ordered, maxRetransmits, maxPacketLifeTime };
    const open = negotiated ? undefined : buildOpen(parameters);
    const entry = this.#add(id, parameters, negotiated);
    if (open) this.#sendControl(entry.stream, open);
    else if (this.#connected) this.#setOpen(entry);
    return entry.channel;
  }

  /** The association is up. */
  onConnected(outgoingStreams: number): void {
    this.#connected = true;
    this.#streamLimit = Math.min(MAX_STREAMS, outgoingStreams);
    for (const entry of [...this.#entries.values()]) {
      if (entry.channel.id >= this.#streamLimit) this.#finish(entry);
      else if (entry.acknowledged && entry.state === 'connecting') this.#setOpen(entry);
    }
  }

  /** The peer wants to end the association: nothing more can be sent, what was sent still goes. */
  onShutdown(): void {
    for (const entry of this.#entries.values()) {
      entry.state = 'closing';
      entry.resetRequested = true;
    }
  }

  /** The association is over. */
  onClosed(notify: boolean): void {
    for (const entry of [...this.#entries.values()]) this.#finish(entry, notify);
  }

  onMessage({ streamId, ppid, payload }: InboundMessage): void {
    const { counters, observer } = this.#options;
    if (ppid === PayloadProtocol.Dcep) {
      this.#onControl(streamId, payload);
      return;
    }
    const kind = kindOf(ppid);
    const entry = this.#entries.get(streamId);
    if (!kind || !entry || entry.incomingReset) {
      counters.unexpected++;
      return;
    }
    // An unordered message may overtake the ACK: only a peer that has the channel can send on it.
    if (entry.state === 'connecting') this.#acknowledge(entry);
    if (entry.state !== 'open') return;
    counters.messagesReceived++;
    observer.onMessage(entry.channel, kind.empty ? payload.subarray(0, 0) : payload, kind.binary);
  }

  /** The peer agreed to the reset of our side of these streams. */
  onOutgoingReset(streamIds: readonly number[]): void {
    for (const id of streamIds) {
      const entry = this.#entries.get(id);
      if (!entry) {
        this.#options.sendQueue.removeStream(id);
        continue;
      }
      entry.outgoingReset = true;
      if (entry.incomingReset) this.#finish(entry);
    }
  }

  /** The peer reset its side of these streams (undefined: of all): their channels close. */
  onIncomingReset(streamIds: readonly number[] | undefined): void {
    for (const id of streamIds ?? [...this.#entries.keys()]) {
      const entry = this.#entries.get(id);
      if (!entry) continue;
      entry.incomingReset = true;
      if (entry.outgoingReset) this.#finish(entry);
      else this.#close(entry);
    }
  }

  /** Messages may have been acknowledged or given up: channels that waited for that go on. */
  onReleased(): void {
    const { sendQueue, observer } = this.#options;
    for (const entry of this.#entries.values()) {
      const { channel, stream, bufferedBefore } = entry;
      entry.bufferedBefore = stream.bufferedBytes;
      if (entry.state === 'closing') this.#resetWhenDrained(entry);
      if (entry.state !== 'open' && entry.state !== 'connecting') continue;
      const fell = bufferedBefore > channel.lowWaterMark && stream.bufferedBytes <= channel.lowWaterMark;
      if (!fell && !(entry.refused && sendQueue.hasRoom)) continue;
      entry.refused = false;
      observer.onBufferedLow(channel);
    }
  }

  #onControl(streamId: number, payload: Uint8Array): void {
    const { sendQueue, counters } = this.#options;
    const message = parseDcep(payload);
    const entry = this.#entries.get(streamId);
    if (!message) {
      counters.malformed++;
      if (!entry) this.#options.resetStream(streamId);
    } else if (message.type === 'ack') {
      if (entry?.state === 'connecting') this.#acknowledge(entry);
    } else if (entry) {
      counters.unexpected++;
    } else if (streamId >= this.#streamLimit || sendQueue.stream(streamId).pendingMessages > 0) {
      // No way to answer on that stream: refused by closing it.
      counters.unexpected++;
      this.#options.resetStream(streamId);
    } else {
      const added = this.#add(streamId, message, true);
      this.#sendControl(added.stream, buildAck());
      this.#setOpen(added);
    }
  }

  #add(id: number, parameters: ChannelParameters, acknowledged: boolean): Entry {
    const stream = this.#options.sendQueue.stream(id);
    const link: DataChannelLink = {
      get state() {
        return entry.state;
      },
      get bufferedAmount() {
        return stream.bufferedBytes;
      },
      send: (payload, binary) => this.#send(entry, payload, binary),
      close: () => this.#close(entry),
    };
    const entry: Entry = {
      channel: new DataChannel(id, parameters, link),
      stream,
      state: 'connecting',
      acknowledged,
      bufferedBefore: 0,
      refused: false,
      resetRequested: false,
      outgoingReset: false,
      incomingReset: false,
    };
    this.#entries.set(id, entry);
    this.byId.set(id, entry.channel);
    return entry;
  }

  #acknowledge(entry: Entry): void {
    entry.acknowledged = true;
    this.#setOpen(entry);
  }

  #setOpen(entry: Entry): void {
    entry.state = 'open';
    this.#options.observer.onChannelOpen(entry.channel);
  }

  #send(entry: Entry, payload: Uint8Array, binary: boolean): boolean {
    const { sendQueue, counters, maxSendMessageSize } = this.#options;
    if (entry.state !== 'open' && entry.state !== 'connecting') return false;
    if (payload.length > maxSendMessageSize) return false;
    const { channel, stream } = entry;
    const empty = payload.length === 0;
    const sent = sendQueue.push(stream, empty ? EMPTY : payload, {
      ppid: payloadProtocolOf(binary, empty),
      // Until the peer has the channel, nothing may overtake the OPEN (RFC 8832 section 6).
      unordered: !channel.ordered && entry.acknowledged,
      maxRetransmits: channel.maxRetransmits,
      maxPacketLifeTime: channel.maxPacketLifeTime,
    });
    if (!sent) {
      entry.refused = true;
      return false;
    }
    entry.bufferedBefore = stream.bufferedBytes;
    counters.messagesSent++;
    return true;
  }

  /** OPEN and ACK travel ordered and reliable whatever the channel is (RFC 8832 section 6). */
  #sendControl(stream: OutgoingStream, payload: Uint8Array): void {
    this.#options.sendQueue.push(stream, payload, { ppid: PayloadProtocol.Dcep }, true);
  }

  #close(entry: Entry): void {
    if (entry.state === 'closing' || entry.state === 'closed') return;
    entry.state = 'closing';
    this.#resetWhenDrained(entry);
  }

  #resetWhenDrained(entry: Entry): void {
    if (entry.resetRequested || !this.#connected || entry.stream.pendingMessages > 0) return;
    entry.resetRequested = true;
    if (!this.#options.resetStream(entry.channel.id)) this.#finish(entry);
  }

  #finish(entry: Entry, notify = true): void {
    const { id } = entry.channel;
    if (entry.state === 'closed') return;
    entry.state = 'closed';
    this.#entries.delete(id);
    this.byId.delete(id);
    this.#options.sendQueue.removeStream(id);
    if (notify) this.#options.observer.onChannelClosed(entry.channel);
  }

  #freeId(): number | undefined {
    for (let id = this.#options.evenIds ? 0 : 1; id < this.#streamLimit; id += 2) {
      if (!this.#entries.has(id)) return id;
    }
    return undefined;
  }
}

function payloadProtocolOf(binary: boolean, empty: boolean): number {
  if (binary) return empty ? PayloadProtocol.BinaryEmpty : PayloadProtocol.Binary;
  return empty ? PayloadProtocol.StringEmpty : PayloadProtocol.String;
}

function kindOf(ppid: number): { binary: boolean; empty: boolean } | undefined {
  switch (ppid) {
    case PayloadProtocol.String:
      return { binary: false, empty: false };
    case PayloadProtocol.Binary:
      return { binary: true, empty: false };
    case PayloadProtocol.StringEmpty:
      return { binary: false, empty: true };
    case PayloadProtocol.BinaryEmpty:
      return { binary: true, empty: true };
    default:
      return undefined;
  }
}
