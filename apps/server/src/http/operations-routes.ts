import type { MediaFront } from '../media/media-front.js';
import { VERSION } from '../version.js';
import type { Workspace } from '../workspace/workspace.js';
import type { HttpModule } from './http-module.js';
import type { HttpMetrics } from './metrics.js';

export interface OperationsRoutesOptions {
  media: MediaFront;
  /** Absent where there are calls alone. */
  workspace?: Pick<Workspace, 'isReady'> | undefined;
  /** Absent where metrics are served elsewhere. */
  metrics?: HttpMetrics;
  stopping: () => boolean;
}

/** What operators and probes ask: version, health, metrics. */
export function operationsModule(options: OperationsRoutesOptions): HttpModule {
  const { media, workspace, metrics, stopping } = options;
  const readiness = async (): Promise<string> => {
    if (stopping()) return 'shutting down';
    if (!media.ready) return 'media is not up';
    return workspace === undefined || (await workspace.isReady()) ? 'ok' : 'the database does not answer';
  };
  return {
    name: 'operations',
    asks: 'nobody',
    mount: (app) => {
      app.get('/version', () => ({ name: 'parley', version: VERSION }));
      app.get('/healthz', () => ({ status: 'ok' }));
      app.get('/readyz', async (_request, reply) => {
        const status = await readiness();
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
