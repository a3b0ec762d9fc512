import { createMemoryHistory, createRouter } from '@tanstack/react-router';
import { expect, it } from 'vitest';
import { roomFromPath, roomPath } from '../../src/lib/route.js';
import { createRoot } from '../memory-route.js';

async function paramsOf(path: string): Promise<object> {
  const history = createMemoryHistory({ initialEntries: [path] });
  const router = createRouter({ routeTree: createRoot(), history });
  await router.load();
  return Object.fromEntries(router.state.matches.flatMap(({ params }) => Object.entries(params as object)));
}

it('the router and the links agree on what a room is called', async () => {
  for (const room of ['weekly', '50%', 'a/b', 'a b', 'café', '%2f', 'a?b#c', 'مرحبا', '%25']) {
    expect(await paramsOf(roomPath(room)), room).toEqual({ room });
    expect(roomFromPath(roomPath(room)), room).toBe(room);
  }
});

it('an address without a room, or with a broken escape, leads nowhere', async () => {
  for (const path of ['/r', '/r/', '/r/%E0%A4%A', '/x']) expect(await paramsOf(path), path).toEqual({});
});
