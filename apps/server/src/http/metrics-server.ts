import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { MediaFront } from '../media/media-front.js';
import type { HttpMetrics } from './metrics.js';

export interface MetricsServerOptions {
  media: Pick<MediaFront, 'metrics'>;
  metrics: HttpMetrics;
}

/** Milliseconds that a scraper has to ask. */
const REQUEST_TIMEOUT = 30_000;

/** `/metrics` at an address of its own, and nothing else. */
export class MetricsServer {
  readonly #options: MetricsServerOptions;
  readonly #server: Server;

  constructor(options: MetricsServerOptions) {
    this.#options = options;
    this.#server = createServer(
      { requestTimeout: REQUEST_TIMEOUT, headersTimeout: REQUEST_TIMEOUT },
      (request, response) => void this.#answer(request, response),
    );
  }

  /** Answers the port. Rejects with the system's error when that is impossible. */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port }, () => {
        const address = this.#server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer({ method, url = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (url.replace(/\?.*$/, '') !== '/metrics' || (method !== 'GET' && method !== 'HEAD')) {
      response.writeHead(404).end();
      return;
    }
    const { media, metrics } = this.#options;
    try {
      const text = await metrics.render(await media.metrics());
      response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
    } catch {
      response.writeHead(500).end();
    }
  }
}
