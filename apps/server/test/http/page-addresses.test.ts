import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { pageModule, serveFiles } from '../../src/http/web-app.js';
import { webRoot } from '../support.js';

const ROUTER = new URL('../../../web/src/routes/router.tsx', import.meta.url);

test('wherever the page finds something to show, the server answers with the page', async () => {
  const app = Fastify();
  onTestFinished(() => app.close());
  await serveFiles(app, webRoot());
  await pageModule.mount?.(app);
  const paths = [...readFileSync(ROUTER, 'utf8').matchAll(/\bpath: '([^']+)'/g)].map(
    ([, path]) => path ?? '',
  );
  expect(paths.length).toBeGreaterThan(5);
  for (const path of paths) {
    const { statusCode, headers } = await app.inject(path.replaceAll(/\$\w+/g, 'one'));
    expect([path, statusCode]).toEqual([path, 200]);
    expect(headers['content-type']).toContain('text/html');
  }
});
