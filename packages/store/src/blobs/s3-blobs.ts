import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { errorText, OperatorError } from '@parley/core';
import { BlobMissing, exactly } from './blob-store.js';
import type { BlobStore, ByteRange } from './blob-store.js';
import { refused, S3Client } from './s3-client.js';
import type { S3Options } from './s3-client.js';

/** Blobs as objects of a bucket. */
export class S3Blobs implements BlobStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(options: S3Options) {
    this.#client = new S3Client(options);
    this.#bucket = options.bucket;
  }

  async put(id: string, source: AsyncIterable<Uint8Array>, size: number): Promise<void> {
    const headers = { 'content-length': String(size), 'content-type': 'application/octet-stream' };
    const response = await this.#client.send({
      ...{ method: 'PUT', key: keyOf(id), headers },
      body: exactly(source, size),
    });
    await done(response, 'PUT', [200]);
  }

  async read(id: string, range?: ByteRange): Promise<Readable> {
    const headers = range === undefined ? {} : { range: `bytes=${range.start}-${range.end}` };
    const response = await this.#client.send({ method: 'GET', key: keyOf(id), headers });
    if (response.statusCode === 404) {
      response.destroy();
      throw new BlobMissing(id);
    }
    if (response.statusCode !== 200 && response.statusCode !== 206) throw await refused(response, 'GET');
    return response;
  }

  async size(id: string): Promise<number | undefined> {
    const response = await this.#client.send({ method: 'HEAD', key: keyOf(id) });
    await done(response, 'HEAD', [200, 404]);
    return response.statusCode === 404 ? undefined : Number(response.headers['content-length']);
  }

  async delete(id: string): Promise<void> {
    const response = await this.#client.send({ method: 'DELETE', key: keyOf(id) });
    await done(response, 'DELETE', [200, 204, 404]);
  }

  async check(): Promise<void> {
    try {
      await done(await this.#client.send({ method: 'HEAD' }), 'HEAD', [200]);
    } catch (error) {
      throw new OperatorError(
        'blobs_failed',
        `The bucket ${this.#bucket} cannot be used (${errorText(error)}): look at the settings below blobs (S3_ENDPOINT, S3_BUCKET, S3_REGION and the keys)`,
        { cause: error },
      );
    }
  }
}

/** Amazon slows many requests to one beginning of keys: the last digits differ from blob to blob. */
function keyOf(id: string): string {
  return `${id.slice(-2)}/${id}`;
}

async function done(response: IncomingMessage, method: string, expected: readonly number[]): Promise<void> {
  if (!expected.includes(response.statusCode ?? 0)) throw await refused(response, method);
  // Read to its end, so that the connection can be used again.
  response.resume();
}
