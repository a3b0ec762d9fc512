import type { DataChannel } from '@parley/transport';
import { DataOutbox } from './data-outbox.js';
import type { Participant } from './participant.js';
import type { DataKind } from './types.js';

/** The data of one participant: what it sends to the others, and what is on its way to itself. */
export class ParticipantData {
  readonly #participant: Participant;
  readonly #outboxes: Readonly<Record<DataKind, DataOutbox>>;

  /** Made by `Participant`. */
  constructor(participant: Participant) {
    this.#participant = participant;
    const { counters } = participant.room;
    this.#outboxes = {
      reliable: new DataOutbox('reliable', counters),
      lossy: new DataOutbox('lossy', counters),
    };
  }

  /** The channel that data to the participant goes out over, once it is open; until then packets wait, bounded. */
  setChannel(kind: DataKind, channel: DataChannel | undefined): void {
    this.#outboxes[kind].setChannel(channel);
    this.#participant.subscriberTransport.dataQueued();
  }

  /** This channel is gone; what it carried waits for another. */
  channelClosed(channel: DataChannel): void {
    for (const outbox of Object.values(this.#outboxes)) outbox.channelClosed(channel);
  }

  /** Sends to everybody else, or to those named. */
  send(kind: DataKind, payload: Uint8Array, destinationIdentities: readonly string[]): void {
    const { participants } = this.#participant.room;
    if (destinationIdentities.length === 0) {
      for (const participant of participants.values()) {
        if (participant !== this.#participant) participant.deliverData(kind, payload);
      }
    } else {
      for (const identity of new Set(destinationIdentities))
        participants.get(identity)?.deliverData(kind, payload);
    }
  }

  /** Data from another participant. */
  deliver(kind: DataKind, payload: Uint8Array): void {
    this.#outboxes[kind].send(payload);
    this.#participant.subscriberTransport.dataQueued();
  }

  close(): void {
    for (const outbox of Object.values(this.#outboxes)) outbox.close();
  }
}
