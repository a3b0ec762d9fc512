import { expect, test } from 'vitest';
import { freshRoom, useParticipants } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { waitFor } from '../support/wait.js';

const server = useServer(() => ({ PARLEY_MEDIA_THREADS: '2' }));
const join = useParticipants(server);

async function people(room: string): Promise<unknown> {
  return (await fetch(`${server().url}/api/rooms/${room}/people`)).json();
}

test('whoever may join learns who is in a room, whatever thread has it, before they do', async () => {
  const [first, second] = [freshRoom(), freshRoom()];
  expect(await people(first)).toEqual({ names: [], total: 0 });
  await join(first, 'ada', { name: 'Ada' });
  await join(first, 'nameless');
  await join(second, 'bob', { name: 'Bob' });
  expect(await people(first)).toEqual({ names: ['Ada'], total: 2 });
  expect(await people(second.toUpperCase())).toEqual({ names: ['Bob'], total: 1 });
});

test('recorders, agents and hidden participants are nobody there; who leaves is not there any more', async () => {
  const room = freshRoom();
  const ada = await join(room, 'ada', { name: 'Ada' });
  await join(room, 'spy', { name: 'Spy', grant: { hidden: true } });
  await join(room, 'recorder', { name: 'Recorder', grant: { recorder: true } });
  await join(room, 'agent', { name: 'Agent', grant: { agent: true } });
  expect(await people(room)).toEqual({ names: ['Ada'], total: 1 });
  await ada.disconnect();
  await waitFor('nobody being there', async () => {
    const { total } = (await people(room)) as { total: number };
    return total === 0;
  });
});
