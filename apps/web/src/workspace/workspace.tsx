import { InvitePage, type InvitePageProps } from '../account/invite-page.js';
import { Gate } from './gate.js';
import { Shell } from './shell.js';
import { WorkspaceRoot } from './workspace-root.js';

/** What of the page needs an account. It is loaded by itself: who only calls does without. */
export function Workspace({ guests }: { guests: boolean }) {
  return (
    <WorkspaceRoot>
      <Gate guests={guests}>{(me) => <Shell key={me.id} me={me} />}</Gate>
    </WorkspaceRoot>
  );
}

/** An invitation, for whoever has its link. */
export function Invitation(props: InvitePageProps) {
  return (
    <WorkspaceRoot>
      <InvitePage {...props} />
    </WorkspaceRoot>
  );
}
