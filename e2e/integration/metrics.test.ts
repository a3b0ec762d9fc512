import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { useServer } from '../support/server.js';

const server = useServer();

test('the dashboard and the alerts ask for nothing that a running server does not have', async () => {
  const text = await (await fetch(`${server().url}/metrics`)).text();
  const known = new Set([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name));
  const files = await Promise.all(
    ['grafana/parley.json', 'prometheus/alerts.yaml'].map((file) =>
      readFile(new URL(`../../deploy/${file}`, import.meta.url), 'utf8'),
    ),
  );
  const asked = files.flatMap((file) =>
    [...file.matchAll(/\b(?:parley|process)_\w+/g)].map(([name]) => name),
  );
  expect(asked.length).toBeGreaterThan(50);
  const missing = asked.filter(
    (name) => !known.has(name) && !known.has(name.replace(/_(bucket|sum|count)$/, '')),
  );
  expect([...new Set(missing)]).toEqual([]);
});
