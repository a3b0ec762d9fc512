import { expect, test } from 'vitest';
import { freshRoom, subscribedTrack, useParticipants } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { listen, useTones } from '../support/tone.js';

const ECHO_LINE = new URL('../support/echo-line.mjs', import.meta.url);

const server = useServer(() => ({ NODE_OPTIONS: `--import=${ECHO_LINE.href}` }));
const join = useParticipants(server);
const tone = useTones();

test('a client and a telephone line over plain RTP hear each other', async () => {
  const alice = await join(freshRoom(), 'alice');
  await tone(440).publish(alice);

  const heard = await listen(await subscribedTrack(alice, 'echo', 'line'));

  expect(Math.abs(heard.frequency - 440)).toBeLessThanOrEqual(5);
  expect(heard.amplitude).toBeGreaterThan(0.3);
});
