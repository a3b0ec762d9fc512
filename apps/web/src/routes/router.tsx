import {
  createRootRoute,
  createRoute,
  createRouter,
  parseSearchWith,
  stringifySearchWith,
} from '@tanstack/react-router';
import { getSettings } from '../lib/api.js';
import { channelSearch } from '../lib/channel-search.js';
import { CrashPage } from './crash-page.js';
import { FrontPage } from './front-page.js';
import { NotFound } from './not-found.js';
import { RoomPage } from './room-page.js';
import { Root } from './root.js';
import { InvitationPage, WorkspacePages } from './workspace-pages.js';

const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: CrashPage,
});
const roomRoute = createRoute({ getParentRoute: () => rootRoute, path: '/r/$room', component: RoomPage });
const callRoute = createRoute({ getParentRoute: () => rootRoute, path: '/call', component: FrontPage });

/** What these pages are depends on what the server is for. */
const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'settings',
  // A server that does not answer is told of in the lobby.
  loader: () => getSettings().catch(() => undefined),
  staleTime: Infinity,
});
const inviteRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/invite/$code',
  component: InvitationPage,
});
const workspaceRoute = createRoute({
  getParentRoute: () => settingsRoute,
  id: 'workspace',
  component: WorkspacePages,
});
const frontRoute = createRoute({ getParentRoute: () => workspaceRoute, path: '/' });
const communityRoute = createRoute({ getParentRoute: () => workspaceRoute, path: '/c/$community' });
const channelRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/c/$community/$channel',
  validateSearch: channelSearch,
});
const directRoute = createRoute({ getParentRoute: () => workspaceRoute, path: '/d' });
const friendsRoute = createRoute({ getParentRoute: () => workspaceRoute, path: '/d/friends' });
const conversationRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/d/$channel',
  validateSearch: channelSearch,
});
const settingsOfCommunityRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/c/$community/settings/$section',
});

/** The page's addresses, and a page for all others. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    roomRoute,
    callRoute,
    settingsRoute.addChildren([
      inviteRoute,
      workspaceRoute.addChildren([
        frontRoute,
        communityRoute,
        channelRoute,
        directRoute,
        friendsRoute,
        conversationRoute,
        settingsOfCommunityRoute,
      ]),
    ]),
  ]),
  defaultErrorComponent: CrashPage,
  // Words are words: `?q=2026` is not a number.
  parseSearch: parseSearchWith((text) => text),
  stringifySearch: stringifySearchWith(String),
  // An address below a room's is none either.
  notFoundMode: 'root',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
