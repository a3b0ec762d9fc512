import type { Clock } from '@parley/core';
import { DataOutbox } from './data-outbox.js';
import type { DataSink } from './data-sink.js';
import { ReliableHistory } from './reliable-history.js';
import type { SfuCounters } from './sfu-metrics.js';
import type { DataKind } from './types.js';

/** Somebody who takes data. */
export interface DataReceiver {
  /** Data from another participant. */
  deliverData(kind: DataKind, payload: Uint8Array): void;
}

/** Who is there to be sent data, by identity. */
export interface DataRoom {
  readonly clock: Clock;
  readonly counters: SfuCounters;
  readonly participants: ReadonlyMap<string, DataReceiver>;
}

/** The data of one participant: what it sends to the others, and what is on its way to itself. */
export class ParticipantData {
  readonly #participant: DataReceiver;
  readonly #room: DataRoom;
  readonly #outboxes: Readonly<Record<DataKind, DataOutbox>>;
  /** What the participant sent. */
  readonly #history = new ReliableHistory();

  /** Made by `Participant`. */
  constructor(participant: DataReceiver, room: DataRoom) {
    this.#participant = participant;
    this.#room = room;
    const { counters } = room;
    this.#outboxes = {
      reliable: new DataOutbox('reliable', counters),
      lossy: new DataOutbox('lossy', counters),
    };
  }

  /** Where data to the participant goes from now on; until there is a sink packets wait, bounded. */
  setSink(kind: DataKind, sink: DataSink): void {
    this.#outboxes[kind].setSink(sink);
  }

  /** This sink is gone; what it would have carried waits for another. */
  removeSink(sink: DataSink): void {
    for (const outbox of Object.values(this.#outboxes)) outbox.removeSink(sink);
  }

  /** Sends to everybody else, or to those named. */
  send(
    kind: DataKind,
    payload: Uint8Array,
    destinationIdentities: readonly string[],
    sequence: number,
  ): void {
    const { participants } = this.#room;
    if (destinationIdentities.length === 0) {
      for (const participant of participants.values()) {
        if (participant !== this.#participant) participant.deliverData(kind, payload);
      }
    } else {
      for (const identity of new Set(destinationIdentities))
        participants.get(identity)?.deliverData(kind, payload);
    }
    if (kind === 'lossy' || sequence === 0) return;
    this.#history.add(sequence, payload, destinationIdentities, this.#room.clock.now());
  }

  /** What the participant sent reliably after the packet of this number, to somebody who may have missed it. */
  sentAfter(sequence: number, identity: string): Iterable<Uint8Array> {
    return this.#history.after(sequence, identity);
  }

  /** Data from another participant. */
  deliver(kind: DataKind, payload: Uint8Array): void {
    this.#outboxes[kind].send(payload);
  }

  /** When something is too old to be sent again; Infinity where nothing is kept. */
  get deadline(): number {
    return this.#history.deadline;
  }

  handleTimeout(now: number): void {
    this.#history.prune(now);
  }

  close(): void {
    for (const outbox of Object.values(this.#outboxes)) outbox.close();
  }
}
