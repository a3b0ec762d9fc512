import type { AssociationParameters } from './association-parameters.js';
import { buildOutgoingReset, buildReconfigResponse, ReconfigResult } from './reconfig-chunk.js';
import type { OutgoingReset, Reconfig, ReconfigResponse } from './reconfig-chunk.js';
import { unwrap32 } from './tsn.js';

/** Stream resets in both directions, RFC 6525: how a data channel closes. */

export interface StreamResetObserver {
  /** The peer agreed: our SSNs on these streams start anew. */
  onOutgoingReset(streamIds: readonly number[]): void;
  /** The peer's SSNs on these streams (undefined: on all) start anew. */
  onIncomingReset(streamIds: readonly number[] | undefined): void;
  /** A chunk to be sent. */
  onControl(chunk: Uint8Array): void;
}

/** Where both directions stand; the association knows. */
export interface TsnState {
  readonly lastSentTsn: number;
  readonly cumulativeReceivedTsn: number;
}

/** Streams named in one request: it has to fit into a packet. */
const MAX_STREAMS_PER_REQUEST = 400;

export class StreamReset {
  readonly #observer: StreamResetObserver;
  /** Streams to reset that no request names yet. */
  readonly #queued = new Set<number>();
  #request: Omit<OutgoingReset, 'kind'> | undefined;
  #requestDue = false;
  #nextSequence: number;
  #deadline = Infinity;
  /** The peer's last request and our answer. */
  #peerSequence: number;
  #peerResult: number = ReconfigResult.NothingToDo;

  constructor(parameters: AssociationParameters, observer: StreamResetObserver) {
    this.#observer = observer;
    this.#nextSequence = parameters.localInitialTsn;
    this.#peerSequence = parameters.peerInitialTsn - 1;
  }

  get deadline(): number {
    return this.#deadline;
  }

  /** Asks for the reset of an outgoing stream on which nothing is pending. */
  reset(streamId: number): void {
    this.#queued.add(streamId);
  }

  /** No answer came in time: the request is sent again. */
  handleTimeout(): void {
    this.#deadline = Infinity;
    this.#requestDue = true;
  }

  /** The request to be sent now, if there is one; one is on its way at a time (RFC 6525 section 5.1.1). */
  takeRequest(now: number, timeout: number, { lastSentTsn }: TsnState): Uint8Array | undefined {
    if (!this.#request && this.#queued.size > 0) {
      const streamIds = [...this.#queued].slice(0, MAX_STREAMS_PER_REQUEST);
      for (const streamId of streamIds) this.#queued.delete(streamId);
      this.#request = this.#number(streamIds, lastSentTsn);
      this.#requestDue = true;
    }
    if (!this.#request || !this.#requestDue) return undefined;
    this.#requestDue = false;
    this.#deadline = now + timeout;
    return buildOutgoingReset(this.#request);
  }

  /** Deals with what the peer's RE-CONFIG holds; false when it is out of sequence. */
  handle(parameters: readonly Reconfig[], tsns: TsnState): boolean {
    let expected = true;
    for (const parameter of parameters) {
      if (parameter.kind === 'response') expected = this.#handleResponse(parameter, tsns) && expected;
      else expected = this.#handleRequest(parameter, tsns) && expected;
    }
    return expected;
  }

  #handleRequest(request: Exclude<Reconfig, ReconfigResponse>, { cumulativeReceivedTsn }: TsnState): boolean {
    const sequence = unwrap32(request.requestSequence, this.#peerSequence);
    const again = sequence === this.#peerSequence;
    if (again && this.#peerResult !== ReconfigResult.InProgress) {
      this.#respond(request.requestSequence, this.#peerResult);
      return true;
    }
    if (!again && sequence !== this.#peerSequence + 1) {
      this.#respond(request.requestSequence, ReconfigResult.BadSequenceNumber);
      return false;
    }
    if (request.kind === 'other-request') {
      this.#settle(sequence, ReconfigResult.Denied);
      return true;
    }
    if (unwrap32(request.lastTsn, cumulativeReceivedTsn) > cumulativeReceivedTsn) {
      // Data sent before the reset is still missing. Some peers ask again under the same number, some under the next.
      this.#settle(sequence, ReconfigResult.InProgress);
      return true;
    }
    this.#settle(sequence, ReconfigResult.Performed);
    this.#observer.onIncomingReset(request.streamIds.length > 0 ? request.streamIds : undefined);
    return true;
  }

  #handleResponse({ responseSequence, result }: ReconfigResponse, { lastSentTsn }: TsnState): boolean {
    if (!this.#request || responseSequence !== this.#request.requestSequence) return false;
    const { streamIds } = this.#request;
    if (result === ReconfigResult.InProgress) {
      // Asked again when the timer expires, under a new number: some peers repeat their answer to an old one.
      this.#request = this.#number(streamIds, lastSentTsn);
      return true;
    }
    this.#request = undefined;
    this.#deadline = Infinity;
    // Refused or not, nothing more can be done about it: the channels are over.
    this.#observer.onOutgoingReset(streamIds);
    return true;
  }

  #number(streamIds: readonly number[], lastSentTsn: number): Omit<OutgoingReset, 'kind'> {
    return {
      requestSequence: this.#nextSequence++ >>> 0,
      responseSequence: this.#peerSequence >>> 0,
      lastTsn: lastSentTsn >>> 0,
      streamIds,
    };
  }

  #settle(sequence: number, result: number): void {
    this.#peerSequence = sequence;
    this.#peerResult = result;
    this.#respond(sequence >>> 0, result);
  }

  #respond(sequence: number, result: number): void {
    this.#observer.onControl(buildReconfigResponse(sequence, result));
  }
}
