import { randomUUID } from 'node:crypto';
import { constants, createWriteStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { errorCode, errorText, OperatorError } from '@parley/core';
import { BlobMissing, exactly } from './blob-store.js';
import type { BlobStore, ByteRange } from './blob-store.js';

/** Milliseconds after which what was left half written belongs to nobody. */
const ABANDONED = 86_400_000;

/** Blobs as files of a folder. */
export class DiskBlobs implements BlobStore {
  readonly #folder: string;
  readonly #incoming: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#incoming = join(folder, 'incoming');
  }

  async put(id: string, source: AsyncIterable<Uint8Array>, size: number): Promise<void> {
    const path = this.#pathOf(id);
    const folder = dirname(path);
    await mkdir(this.#incoming, { recursive: true, mode: 0o700 });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const incoming = join(this.#incoming, randomUUID());
    try {
      await pipeline(exactly(source, size), createWriteStream(incoming, { flush: true, mode: 0o600 }));
      await rename(incoming, path);
    } catch (error) {
      await rm(incoming, { force: true });
      throw error;
    }
    for (const changed of [folder, dirname(folder), this.#folder]) await sync(changed);
  }

  async read(id: string, range?: ByteRange): Promise<Readable> {
    try {
      return (await open(this.#pathOf(id))).createReadStream({ ...range });
    } catch (error) {
      throw errorCode(error) === 'ENOENT' ? new BlobMissing(id) : error;
    }
  }

  async size(id: string): Promise<number | undefined> {
    try {
      return (await stat(this.#pathOf(id))).size;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async delete(id: string): Promise<void> {
    await rm(this.#pathOf(id), { force: true });
  }

  /** Takes away what a crash has left half written, too. */
  async check(): Promise<void> {
    try {
      await mkdir(this.#incoming, { recursive: true, mode: 0o700 });
      await access(this.#incoming, constants.W_OK);
      for (const name of await readdir(this.#incoming)) {
        const path = join(this.#incoming, name);
        const { mtimeMs } = await stat(path);
        if (mtimeMs < Date.now() - ABANDONED) await rm(path, { force: true });
      }
    } catch (error) {
      throw new OperatorError(
        'blobs_failed',
        `The folder for files ${this.#folder} cannot be used (${errorCode(error) ?? errorText(error)}): change its permissions or set data_dir (PARLEY_DATA_DIR)`,
        { cause: error },
      );
    }
  }

  /** By the last digits: the first ones of an id say when it was made, so that all of a month would be in one folder. */
  #pathOf(id: string): string {
    return join(this.#folder, id.slice(-2), id.slice(-4, -2), id);
  }
}

/** A name that is new in a folder is safe only when the folder is. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
