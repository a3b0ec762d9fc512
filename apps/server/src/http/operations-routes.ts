import type { FastifyInstance } from 'fastify';
import type { MediaFront } from '../media/media-front.js';
import { VERSION } from '../version.js';
import type { HttpMetrics } from './metrics.js';

export interface OperationsRoutesOptions {
  media: MediaFront;
  metrics: HttpMetrics;
  guests: boolean;
  stopping: () => boolean;
}

/** What operators, probes and the web app ask: version, health, metrics, settings. */
export function operationsRoutes(app: FastifyInstance, options: OperationsRoutesOptions): void {
  const { media, metrics } = options;

  app.get('/version', () => ({ name: 'parley', version: VERSION }));
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', (_request, reply) => {
    const status = options.stopping() ? 'shutting down' : media.ready ? 'ok' : 'media is not up';
    return reply.code(status === 'ok' ? 200 : 503).send({ status });
  });
  app.get('/metrics', async (_request, reply) => {
    reply.type(metrics.contentType);
    return metrics.render(await media.metrics());
  });
  app.get('/api/settings', () => ({ guests: options.guests, version: VERSION }));
}
