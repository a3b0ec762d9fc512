import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { HttpModule } from '../http-module.js';
import { openApiDocument } from './openapi-document.js';
import type { OpenApiDocument } from './openapi-document.js';

/** Where the description is shown; as JSON it is below. */
const PAGE = '/api/docs';

/** Tells of the API of all other modules: for programs, and as a page for people. */
export function openApiModule(modules: readonly HttpModule[], version: string): HttpModule {
  const parts = modules.flatMap(({ name, operations = [] }) =>
    operations.length === 0 ? [] : [{ name, operations }],
  );
  let known: OpenApiDocument | undefined;
  // Most servers are never asked.
  const document = () => (known ??= openApiDocument(parts, version));
  return {
    name: 'openapi',
    asks: 'nobody',
    mount: async (app) => {
      app.get('/api/v1/openapi.json', document);
      // The page asks for this one; what it would find out of the routes itself is not asked.
      await app.register(swagger, { openapi: {} });
      await app.register(swaggerUi, {
        routePrefix: PAGE,
        transformSpecification: () => ({ ...document() }),
        transformSpecificationClone: false,
        theme: { title: 'Parley: API' },
        uiConfig: { layout: 'BaseLayout', docExpansion: 'none', validatorUrl: null, filter: true },
      });
    },
  };
}
