import type { OwnAccount } from '@parley/contract';
import { LogOut } from 'lucide-react';
import { EntryPage } from '../account/entry-page.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { useSignOut } from './use-sign-out.js';

/** What who is signed in sees. */
export function Shell({ me }: { me: OwnAccount }) {
  const signOut = useSignOut();
  const texts = workspaceTexts.shell;
  return (
    <EntryPage
      title={<bdi>{me.user_name}</bdi>}
      lead={texts.signedIn}
      picture={<Avatar identity={me.id} name={me.user_name} />}
      testId="workspace"
    >
      <Button onClick={() => signOut.mutate()} data-testid="sign-out">
        <LogOut size={17} />
        {texts.signOut}
      </Button>
    </EntryPage>
  );
}
