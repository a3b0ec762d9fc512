import { TX, TX_WORDS, TxKind } from '@parley/wire';

/** The part of a `Wire` that a batch writes into; tests give plain arrays. */
export interface SendMemory {
  readonly outgoing: Uint32Array;
  readonly outgoingCapacity: number;
  readonly scratch: Uint8Array;
  flush(count: number): void;
}

/**
 * The descriptors of what is to be sent next, in the memory shared with the wire.
 *
 * Everything that one batch of received packets or one round of timers wants sent is written here and leaves in one
 * call of `flush`. When the memory is full the batch flushes by itself, so writers never have to ask.
 */
export class SendBatch {
  /** The wire's descriptors. The forwarding loop writes them in place, at the offset `next` gives. */
  readonly words: Uint32Array;
  /** Bytes of what TypeScript writes itself. */
  readonly scratch: Uint8Array;
  readonly #memory: SendMemory;
  readonly #scratchWords: Uint32Array;
  #count = 0;
  #scratchUsed = 0;

  constructor(memory: SendMemory) {
    this.#memory = memory;
    this.words = memory.outgoing;
    this.scratch = memory.scratch;
    this.#scratchWords = new Uint32Array(
      memory.scratch.buffer,
      memory.scratch.byteOffset,
      memory.scratch.length >> 2,
    );
  }

  /** How many descriptors wait. */
  get count(): number {
    return this.#count;
  }

  /** Takes the next descriptor and returns its offset in `words`; the caller fills all `TX_WORDS` words at once. */
  next(): number {
    if (this.#count === this.#memory.outgoingCapacity) this.flush();
    return this.#count++ * TX_WORDS;
  }

  /**
   * Makes room for one descriptor and this many bytes; returns the offset in `scratch` where the bytes go.
   * Call `push` next: room is kept until then only.
   */
  reserve(bytes: number): number {
    if (this.#count === this.#memory.outgoingCapacity || this.#scratchUsed + bytes > this.scratch.length)
      this.flush();
    return this.#scratchUsed;
  }

  /** Queues bytes that the caller wrote at `offset`, which came from `reserve`. */
  push(kind: number, wireSession: number, offset: number, length: number): void {
    this.#write(kind, wireSession, offset, length, 0);
    this.use(offset, length);
  }

  /** Keeps bytes that the caller wrote at `offset`, which came from `reserve`, for the next descriptor to refer to. */
  use(offset: number, length: number): void {
    this.#scratchUsed = (offset + length + 3) & ~3;
  }

  /** Queues bytes to go out as they are over a path (`PATH_WORDS` words). */
  pushRaw(message: Uint8Array, path: Uint32Array): void {
    const offset = this.reserve(path.byteLength + message.length);
    this.#scratchWords.set(path, offset >> 2);
    this.scratch.set(message, offset + path.byteLength);
    this.#write(TxKind.RAW, 0, offset + path.byteLength, message.length, offset);
    this.use(offset, path.byteLength + message.length);
  }

  /** Sends what waits. */
  flush(): void {
    if (this.#count > 0) this.#memory.flush(this.#count);
    this.#count = 0;
    this.#scratchUsed = 0;
  }

  #write(kind: number, wireSession: number, source: number, length: number, extra: number): void {
    const at = this.next();
    const { words } = this;
    words[at + TX.KIND] = kind;
    words[at + TX.SESSION] = wireSession;
    words[at + TX.SOURCE] = source;
    words[at + TX.LENGTH] = length;
    words[at + TX.EXTRA] = extra;
  }
}
