import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RenderResult } from 'vitest-browser-react';
import { channelSearch } from '../../../src/lib/channel-search.js';
import { createQueryClient } from '../../../src/workspace/query-client.js';
import { fakeCall } from './fake-call.js';
import { show, type Look } from './show.js';

const PLACES = [
  '/',
  '/c/$community',
  '/c/$community/$channel',
  '/d',
  '/d/friends',
  '/d/$channel',
  '/c/$community/settings/$section',
  '/invite/$code',
];

/** Shows a part of the workspace at an address, knowing nothing of the server yet. */
export async function showWorkspace(
  part: ReactNode,
  look: Partial<Look> = {},
  address = '/',
): Promise<RenderResult & { address: () => string; client: QueryClient }> {
  const client = createQueryClient();
  const call = fakeCall();
  const root = createRootRoute({
    component: () => call.wrap(<QueryClientProvider client={client}>{part}</QueryClientProvider>),
    notFoundComponent: () => null,
  });
  const routes = PLACES.map((path) =>
    createRoute({ getParentRoute: () => root, path, validateSearch: channelSearch }),
  );
  const history = createMemoryHistory({ initialEntries: [address] });
  const router = createRouter({ routeTree: root.addChildren(routes), history });
  const result = await show(<RouterProvider<typeof router> router={router} />, look);
  return { ...result, address: () => history.location.pathname + history.location.search, client };
}
