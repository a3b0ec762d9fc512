import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { CrashPage } from './crash-page.js';
import { FrontPage } from './front-page.js';
import { NotFound } from './not-found.js';
import { RoomPage } from './room-page.js';
import { Root } from './root.js';

const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: CrashPage,
});
const frontRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: FrontPage });
const roomRoute = createRoute({ getParentRoute: () => rootRoute, path: '/r/$room', component: RoomPage });

/** The page's addresses: `/`, `/r/<room>`, and a page for all others. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([frontRoute, roomRoute]),
  defaultErrorComponent: CrashPage,
  // An address below a room's is none either.
  notFoundMode: 'root',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
