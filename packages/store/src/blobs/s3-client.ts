import { once } from 'node:events';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { errorText } from '@parley/core';
import { AwsV4Signer } from 'aws4fetch';
import { isFull } from '../database-error.js';
import { BlobsUnavailable } from './blob-store.js';

export interface S3Options {
  /** `https://s3.example.org`; absent: Amazon's of the region. */
  endpoint?: string | undefined;
  region: string;
  bucket: string;
  /** Whether the bucket stands in the path, and not in the name of the host. */
  pathStyle: boolean;
  accessKeyId: string;
  secretAccessKey: string;
}

interface S3Request {
  method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Absent: the bucket itself. */
  key?: string;
  headers?: Record<string, string>;
  /** Sent once: such a request is never repeated. */
  body?: AsyncIterable<Uint8Array>;
}

/** Milliseconds in which nothing may move. */
const IDLE = 30_000;
/** Milliseconds after which what has no body is tried again. */
const RETRIES = [200, 800];
/** Of an answer that is an error, in bytes. */
const ERROR_LENGTH = 16_384;

/** Signed requests to one bucket (AWS Signature Version 4). Bodies are not hashed: they are sent as they come. */
export class S3Client {
  readonly #options: S3Options;
  readonly #root: URL;
  readonly #agents = {
    http: new HttpAgent({ keepAlive: true }),
    https: new HttpsAgent({ keepAlive: true }),
  };

  constructor(options: S3Options) {
    this.#options = options;
    const { endpoint = `https://s3.${options.region}.amazonaws.com`, bucket, pathStyle } = options;
    this.#root = new URL(endpoint);
    if (!pathStyle) this.#root.hostname = `${bucket}.${this.#root.hostname}`;
  }

  /** An answer whose body has to be read or destroyed. Throws BlobsUnavailable when there is none, or one of 5xx. */
  async send(request: S3Request): Promise<IncomingMessage> {
    for (const delay of request.body === undefined ? RETRIES : []) {
      try {
        return await this.#sendOnce(request);
      } catch (error) {
        if (!(error instanceof BlobsUnavailable)) throw error;
        await wait(delay);
      }
    }
    return this.#sendOnce(request);
  }

  async #sendOnce({ method, key, headers = {}, body }: S3Request): Promise<IncomingMessage> {
    const { region, accessKeyId, secretAccessKey } = this.#options;
    const url = this.#urlOf(key);
    const signed = await new AwsV4Signer({
      ...{ url: url.href, method, region, accessKeyId, secretAccessKey, service: 's3' },
      headers: { ...headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    }).sign();
    const isSecure = url.protocol === 'https:';
    const request = (isSecure ? httpsRequest : httpRequest)(url, {
      ...{ method, headers: Object.fromEntries(signed.headers), timeout: IDLE },
      agent: isSecure ? this.#agents.https : this.#agents.http,
    });
    request.once('timeout', () => request.destroy(new Error('it does not answer')));
    const answered = once(request, 'response') as Promise<[IncomingMessage]>;
    let sourceFailed: Error | undefined;
    try {
      if (body === undefined) request.end();
      else {
        // An answer may come before all is sent, and is what counts then.
        const sent = pipeline(
          failing(body, (error) => (sourceFailed = error)),
          request,
        );
        sent.catch(() => undefined);
      }
      const [response] = await answered;
      if ((response.statusCode ?? 0) < 500) return response;
      throw await refused(response, method);
    } catch (error) {
      request.destroy();
      if (sourceFailed !== undefined) throw sourceFailed;
      if (error instanceof BlobsUnavailable || isFull(error)) throw error;
      throw new BlobsUnavailable(`The S3 server at ${url.host} cannot be reached: ${errorText(error)}`, {
        cause: error,
      });
    }
  }

  #urlOf(key = ''): URL {
    const url = new URL(this.#root);
    const parts = [...(this.#options.pathStyle ? [this.#options.bucket] : []), key];
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${parts.filter(Boolean).join('/')}`;
    return url;
  }
}

/** What an answer that is an error says. */
export async function refused(response: IncomingMessage, method: string): Promise<Error> {
  const status = response.statusCode ?? 0;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > ERROR_LENGTH) break;
    chunks.push(chunk);
  }
  const code = /<Code>(\w+)<\/Code>/.exec(Buffer.concat(chunks).toString('utf8'))?.[1] ?? '';
  const text = `The S3 server answered ${status} ${code} to ${method}`;
  if (/Quota|StorageFull|InsufficientStorage/.test(code) || status === 507) {
    return Object.assign(new Error(text), { code: 'ENOSPC' });
  }
  return status >= 500 || status === 429 ? new BlobsUnavailable(text) : new Error(text);
}

/** Tells a failure of the source apart from one of the connection. */
function failing(source: AsyncIterable<Uint8Array>, onFailed: (error: Error) => void): Readable {
  return Readable.from(
    (async function* () {
      try {
        yield* source;
      } catch (error) {
        onFailed(error instanceof Error ? error : new Error(errorText(error)));
        throw error;
      }
    })(),
  );
}
