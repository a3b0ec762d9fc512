import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startServer } from './client.js';

const docs = new URL('../../../../../docs/', import.meta.url);

test('every path of the API stands in the tables of docs, and no other', async () => {
  const told = readdirSync(docs)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => [
      ...readFileSync(new URL(name, docs), 'utf8').matchAll(/^\| `([A-Z]+ \/api\/v1\/\S+)` \|/gm),
    ])
    .map(([, path]) => path);
  const { routes } = await startServer();
  expect(told.sort()).toEqual(routes.sort());
});
