import { Fragment, Suspense } from 'react';
import type { InvitePageProps } from '../account/invite-page.js';
import { lazyPart } from '../ui/lazy-part.js';
import { Splash } from '../ui/splash.js';
import { Gate } from './gate.js';
import { Shell } from './shell.js';
import { WorkspaceRoot } from './workspace-root.js';

const Finding = lazyPart(async () => (await import('../finding/finding.js')).Finding);
const Notifications = lazyPart(async () => (await import('../notifications/notifications.js')).Notifications);
const InvitePage = lazyPart(async () => (await import('../account/invite-page.js')).InvitePage);
const LiveEvents = lazyPart(async () => (await import('../messages/live-events.js')).LiveEvents);

/** What of the page needs an account. It is loaded by itself: who only calls does without. */
export function Workspace({ guests }: { guests: boolean }) {
  return (
    <WorkspaceRoot>
      <Gate guests={guests}>
        {(me) => (
          <Fragment key={me.id}>
            <Suspense>
              <LiveEvents me={me} />
              <Finding me={me} />
              <Notifications me={me} />
            </Suspense>
            <Shell me={me} />
          </Fragment>
        )}
      </Gate>
    </WorkspaceRoot>
  );
}

/** An invitation, for whoever has its link. */
export function Invitation(props: InvitePageProps) {
  return (
    <WorkspaceRoot>
      <Suspense fallback={<Splash />}>
        <InvitePage {...props} />
      </Suspense>
    </WorkspaceRoot>
  );
}
