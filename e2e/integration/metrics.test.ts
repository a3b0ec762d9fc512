import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { freshRoom, subscribedTrack, useParticipants } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { useTones } from '../support/tone.js';
import { waitFor } from '../support/wait.js';

const server = useServer();
const join = useParticipants(server);
const tone = useTones();

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

test('how long people waited to join and for first media is measured', async () => {
  const room = freshRoom();
  const alice = await join(room, 'alice');
  const sent = tone(440);
  await sent.publish(alice);
  const bob = await join(room, 'bob');
  await subscribedTrack(bob, 'alice', sent.name);
  expect(await server().metric(/^parley_join_duration_seconds_count/)).toBe(2);
  expect(await server().metric(/^parley_join_duration_seconds_sum/)).toBeLessThan(2);
  await waitFor('first media', async () => (await server().metric(/^parley_first_media_seconds_count/)) >= 1);
  expect(await server().metric(/^parley_first_media_seconds_sum/)).toBeLessThan(5);
});
