import { createRootRoute, createRoute } from '@tanstack/react-router';

/** The addresses of the page, without their pages. */
export function createRoot() {
  const root = createRootRoute();
  return root.addChildren([createRoute({ getParentRoute: () => root, path: '/r/$room' })]);
}
