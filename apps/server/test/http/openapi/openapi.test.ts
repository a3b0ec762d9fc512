import { AccessTokenVerifier } from '@parley/access';
import { Validator } from '@seriousme/openapi-schema-validator';
import Fastify from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { mountModule } from '../../../src/http/http-module.js';
import { openApiModule } from '../../../src/http/openapi/openapi-module.js';
import { startServer } from '../v1/client.js';

const operation = z.looseObject({
  summary: z.string(),
  operationId: z.string(),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string(), required: z.boolean() })).default([]),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.object({ schema: z.looseObject({}) })) })
    .optional(),
  responses: z.record(z.string(), z.looseObject({})),
  security: z.array(z.record(z.string(), z.array(z.string()))),
});
const shape = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
});

async function described() {
  const { modules, routes } = await startServer();
  const app = Fastify();
  onTestFinished(() => app.close());
  await mountModule(app, openApiModule(modules, '1.2.3'), new AccessTokenVerifier(new Map(), () => 0));
  const document = (await app.inject('/api/v1/openapi.json')).json<Record<string, unknown>>();
  return { app, routes, document, ...shape.parse(document) };
}

describe('the description of the API', () => {
  test('is OpenAPI 3.1', async () => {
    const { document } = await described();
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
    expect(await new Validator().validate(document)).toMatchObject({ valid: true });
  });

  test('tells of every route, each under a name of its own', async () => {
    const { routes, paths } = await described();
    const told = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(told.sort()).toEqual(routes.sort());
    const ids = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('says what stands in the path, in the query and in the body, and who may ask', async () => {
    const { paths } = await described();
    const write = paths['/api/v1/channels/{channel_id}/messages']?.post;
    expect(write?.parameters).toMatchObject([{ name: 'channel_id', in: 'path', required: true }]);
    expect(write?.requestBody?.content['application/json']?.schema).toMatchObject({
      properties: { text: {}, nonce: { type: 'string' } },
      required: ['nonce'],
    });
    expect(write?.security).toEqual([{ session: [] }]);
    const members = paths['/api/v1/communities/{id}/members']?.get;
    const others = members?.parameters.filter(({ in: place }) => place === 'query');
    expect(others).toMatchObject([{ name: 'cursor' }, { name: 'limit' }, { name: 'query', required: false }]);
    expect(paths['/api/v1/session']?.post?.security).toEqual([]);
  });

  test('names what comes back, and every name is explained', async () => {
    const { document, components, paths } = await described();
    const write = paths['/api/v1/channels/{channel_id}/messages']?.post;
    expect(write?.responses['201']).toMatchObject({
      content: { 'application/json': { schema: { $ref: '#/components/schemas/message' } } },
    });
    const named = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
      ([, id]) => id,
    );
    expect([...new Set(named)].filter((name) => components.schemas[name ?? ''] === undefined)).toEqual([]);
  });

  test('is shown as a page that asks no other server', async () => {
    const { app } = await described();
    const page = await app.inject('/api/docs/');
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.body).toContain('Parley');
    expect(page.body).not.toMatch(/(src|href)="https?:/);
    expect((await app.inject('/api/docs/json')).json()).toMatchObject({ openapi: '3.1.0' });
    expect((await app.inject('/api/docs/static/swagger-initializer.js')).body).toContain(
      '"validatorUrl":null',
    );
  });
});
