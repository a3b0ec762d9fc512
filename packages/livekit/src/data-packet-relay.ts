import { DataPacket, DataPacket_Kind } from '@livekit/protocol';
import type { DataKind, Participant } from '@parley/sfu';
import { TokenBucket, type Clock } from '@parley/core';
import type { LiveKitCounters } from './livekit-metrics.js';
import { valuesInBinary } from './message-values.js';
import type { RpcCalls } from './api/rpc-calls.js';

interface DataPacketContext {
  clock: Clock;
  counters: LiveKitCounters;
  participant: Participant;
  rpcCalls: Pick<RpcCalls, 'receive'>;
  /** UDP packets with its data that the server may send to others in a second; five times as many at once. */
  packetsPerSecond: number;
}

/** Labels of the client's data channels that carry DataPackets. */
const CHANNEL_KINDS: ReadonlyMap<string, DataKind> = new Map([
  ['_reliable', 'reliable'],
  ['_lossy', 'lossy'],
]);

/** Packets and bytes a second, and at once: a fast file transfer and a hundred updates a second of something else. */
const PACKETS = { rate: 3000, burst: 6000 };
/** A packet counts as several when it has many values: one for so many. */
const VALUES_PER_PACKET = 100;
const BYTES = { rate: 16 * 1024 * 1024, burst: 32 * 1024 * 1024 };

const DELIVERY_BURST_SECONDS = 5;
/** Bytes of data in one UDP packet. */
const BYTES_PER_PACKET = 1_100;

/** What agents send in the name of others: what they heard them say, and what they write for them. */
const SPOKEN_FOR_OTHERS: ReadonlySet<DataPacket['value']['case']> = new Set([
  'transcription',
  'chatMessage',
  'streamHeader',
  'streamChunk',
  'streamTrailer',
]);

/** Undefined for channels that carry something else, such as `_data_track`. */
export function dataKind(label: string): DataKind | undefined {
  return CHANNEL_KINDS.get(label);
}

/** Checks the DataPackets of one participant and passes them on under its name. */
export class DataPacketRelay {
  readonly #participant: Participant;
  readonly #counters: LiveKitCounters;
  readonly #rpcCalls: DataPacketContext['rpcCalls'];
  readonly #packets: TokenBucket;
  readonly #bytes: TokenBucket;
  /** What data costs grows with those who get it. */
  readonly #deliveries: TokenBucket;
  readonly #mostDeliveries: number;
  /** Of the last reliable packet; clients number theirs from 1, and send some again after a reconnect. */
  #sequence = 0;

  constructor({ clock, counters, packetsPerSecond, participant, rpcCalls }: DataPacketContext) {
    const now = clock.now();
    this.#participant = participant;
    this.#counters = counters;
    this.#rpcCalls = rpcCalls;
    this.#packets = new TokenBucket(PACKETS.rate, PACKETS.burst, now);
    this.#bytes = new TokenBucket(BYTES.rate, BYTES.burst, now);
    this.#mostDeliveries = packetsPerSecond * DELIVERY_BURST_SECONDS;
    this.#deliveries = new TokenBucket(packetsPerSecond, this.#mostDeliveries, now);
  }

  /** Of the last reliable packet that came. */
  get lastSequence(): number {
    return this.#sequence;
  }

  relay(kind: DataKind, payload: Uint8Array, now: number): void {
    const values = valuesInBinary(DataPacket, payload, PACKETS.burst * VALUES_PER_PACKET);
    const packets = Math.min(1 + Math.floor(values / VALUES_PER_PACKET), PACKETS.burst);
    if (!this.#packets.take(packets, now) || !this.#bytes.take(payload.length, now)) {
      this.#counters.drops['data-flood'] += 1;
      return;
    }
    const packet = decode(payload);
    if (!packet) {
      this.#counters.drops['data-malformed'] += 1;
      return;
    }
    if (!this.#mayForward(packet)) {
      this.#counters.drops['data-refused'] += 1;
      return;
    }
    if (kind === 'reliable' && packet.sequence > 0) {
      if (packet.sequence <= this.#sequence) {
        this.#counters.drops['data-outdated'] += 1;
        return;
      }
      this.#sequence = packet.sequence;
    }
    if (this.#rpcCalls.receive(this.#participant, packet)) return;
    this.#sign(kind, packet);
    // Written once; every receiver gets the same bytes.
    const bytes = packet.toBinary();
    const destinations = this.#destinations(packet);
    const deliveries = this.#receivers(destinations) * Math.ceil(bytes.length / BYTES_PER_PACKET);
    // What is more than may go out at once may still go when nothing else did.
    if (!this.#deliveries.take(Math.min(deliveries, this.#mostDeliveries), now)) {
      this.#counters.drops['data-flood'] += 1;
      return;
    }
    if (!this.#participant.sendData(kind, bytes, destinations, packet.sequence)) {
      this.#counters.drops['data-refused'] += 1;
      return;
    }
    this.#counters.dataPackets += 1;
  }

  /** Loudness comes from the server, metrics go to it, and transcripts come from agents. */
  #mayForward(packet: DataPacket): boolean {
    switch (packet.value.case) {
      case undefined:
      case 'speaker':
      case 'metrics':
        return false;
      case 'transcription':
        return this.#participant.kind === 'agent';
      default:
        return true;
    }
  }

  /** Writes the sender that the server knows over the one that the packet claims, but where an agent speaks for somebody. */
  #sign(kind: DataKind, packet: DataPacket): void {
    const { sid, identity, kind: participantKind, room } = this.#participant;
    const speaksForOther =
      participantKind === 'agent' &&
      SPOKEN_FOR_OTHERS.has(packet.value.case) &&
      room.participants.has(packet.participantIdentity);
    packet.kind = kind === 'reliable' ? DataPacket_Kind.RELIABLE : DataPacket_Kind.LOSSY;
    packet.participantSid = sid;
    if (!speaksForOther) packet.participantIdentity = identity;
    if (packet.value.case === 'user') {
      packet.value.value.participantSid = sid;
      packet.value.value.participantIdentity = identity;
    }
  }

  #receivers(destinations: readonly string[]): number {
    return destinations.length > 0 ? destinations.length : this.#participant.room.participants.size - 1;
  }

  /** Identities; older clients put them, or sids, into the user packet. Empty means everybody. */
  #destinations(packet: DataPacket): readonly string[] {
    if (packet.destinationIdentities.length > 0 || packet.value.case !== 'user')
      return packet.destinationIdentities;
    const { destinationIdentities, destinationSids } = packet.value.value;
    if (destinationSids.length === 0) return destinationIdentities;
    const sids = new Set(destinationSids);
    const named = [...this.#participant.room.participants.values()].filter(({ sid }) => sids.has(sid));
    // A sid of nobody must not turn a packet to one into a packet to all.
    return [...destinationIdentities, ...(named.length > 0 ? named.map(({ identity }) => identity) : [''])];
  }
}

function decode(payload: Uint8Array): DataPacket | undefined {
  try {
    return DataPacket.fromBinary(payload);
  } catch {
    return undefined;
  }
}
