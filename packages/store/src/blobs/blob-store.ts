import type { Readable } from 'node:stream';

/** Bytes from `start` up to and with `end`. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Where files are kept, each as one piece that never changes. Bytes pass through, and are never whole in memory. `isFull` and
 * `isUnavailable` tell apart what is thrown.
 */
export interface BlobStore {
  /**
   * Keeps what the source says, which has to be so many bytes. It is there, safe from a crash, when this resolves; when it
   * rejects nothing is there. One that is there already is replaced.
   */
  put(id: string, source: AsyncIterable<Uint8Array>, size: number): Promise<void>;
  /** Throws a BlobMissing. The reader ends the stream, to its end or before. */
  read(id: string, range?: ByteRange): Promise<Readable>;
  /** Bytes; undefined where there is none. */
  size(id: string): Promise<number | undefined>;
  /** One that is not there is deleted too. */
  delete(id: string): Promise<void>;
  /** Throws an OperatorError that says what to change when it cannot be used. */
  check(): Promise<void>;
}

/** There is no such blob. */
export class BlobMissing extends Error {
  override readonly name = 'BlobMissing';

  constructor(id: string) {
    super(`There is no blob ${id}`);
  }
}

/** The place of blobs does not answer at the moment. */
export class BlobsUnavailable extends Error {
  override readonly name = 'BlobsUnavailable';
}

/** What comes out of a source, which has to be so many bytes. */
export async function* exactly(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const bytes of source) {
    seen += bytes.length;
    if (seen > size) break;
    yield bytes;
  }
  if (seen !== size) throw new Error(`${size} bytes were to come, and others came`);
}
