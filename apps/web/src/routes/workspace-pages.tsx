import { useLoaderData, useNavigate, useParams, useRouterState } from '@tanstack/react-router';
import { Suspense, type ReactNode } from 'react';
import { lazyPart } from '../ui/lazy-part.js';
import { Splash } from '../ui/splash.js';
import { FrontPage } from './front-page.js';
import { NotFound } from './not-found.js';

const Workspace = lazyPart(async () => (await import('../workspace/workspace.js')).Workspace);
const Invitation = lazyPart(async () => (await import('../workspace/workspace.js')).Invitation);

/** The workspace, whichever of its places is open; without one, `/` is where calls are begun. */
export function WorkspacePages(): ReactNode {
  const settings = useLoaderData({ from: '/settings' });
  const isFront = useRouterState({ select: ({ location }) => location.pathname === '/' });
  if (settings?.workspace === true) {
    return (
      <Suspense fallback={<Splash />}>
        <Workspace guests={settings.guests} />
      </Suspense>
    );
  }
  return isFront ? <FrontPage /> : <NotFound />;
}

/** `/invite/<code>`. */
export function InvitationPage(): ReactNode {
  const settings = useLoaderData({ from: '/settings' });
  const { code } = useParams({ from: '/settings/invite/$code' });
  const navigate = useNavigate();
  if (settings?.workspace !== true) return <NotFound />;
  return (
    <Suspense fallback={<Splash />}>
      <Invitation
        code={code}
        onJoined={(community) => void navigate({ to: '/c/$community', params: { community } })}
      />
    </Suspense>
  );
}
