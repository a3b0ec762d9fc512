import type { MediaFront } from '../media/media-front.js';
import { VERSION } from '../version.js';
import type { HttpModule } from './http-module.js';
import type { HttpMetrics } from './metrics.js';

export interface OperationsRoutesOptions {
  media: MediaFront;
  /** Absent where metrics are served elsewhere. */
  metrics?: HttpMetrics;
  stopping: () => boolean;
}

/** What operators and probes ask: version, health, metrics. */
export function operationsModule(options: OperationsRoutesOptions): HttpModule {
  const { media, metrics, stopping } = options;
  return {
    name: 'operations',
    asks: 'nobody',
    mount: (app) => {
      app.get('/version', () => ({ name: 'parley', version: VERSION }));
      app.get('/healthz', () => ({ status: 'ok' }));
      app.get('/readyz', (_request, reply) => {
        const status = stopping() ? 'shutting down' : media.ready ? 'ok' : 'media is not up';
        return reply.code(status === 'ok' ? 200 : 503).send({ status });
      });
      if (metrics === undefined) return;
      app.get('/metrics', async (_request, reply) => {
        reply.type(metrics.contentType);
        return metrics.render(await media.metrics());
      });
    },
  };
}
