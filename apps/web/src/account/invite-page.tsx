import type { Invite } from '@parley/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { MailX } from 'lucide-react';
import { useState } from 'react';
import { isProblem } from '../api/problem-error.js';
import { language } from '../texts/language.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { Button } from '../ui/button.js';
import { HomeLink } from '../ui/home-link.js';
import { MessagePage } from '../ui/message-page.js';
import { Splash } from '../ui/splash.js';
import { inviteQuery, meQuery } from '../workspace/account-queries.js';
import { CommunityIcon } from '../workspace/community-icon.js';
import { LoadFailed } from '../workspace/load-failed.js';
import { learnAccount } from '../workspace/query-client.js';
import { EntryPage } from './entry-page.js';
import { JoinByAccount, JoinByName } from './invite-forms.js';
import styles from './invite-page.module.css';

export interface InvitePageProps {
  code: string;
  /** Called once one is a member. */
  onJoined: (communityId: string) => void;
}

/** Where an invite link leads: to which community, and the way in. */
export function InvitePage({ code, onJoined }: InvitePageProps) {
  const invite = useQuery(inviteQuery(code));
  const me = useQuery(meQuery);
  const client = useQueryClient();
  const [isJoined, setJoined] = useState(false);
  const enter = async (communityId: string) => {
    setJoined(true);
    await learnAccount(client);
    onJoined(communityId);
  };
  if (isProblem(invite.error, 'not_found')) return <InviteGone />;
  const failed = [invite, me].find(({ isError }) => isError);
  if (failed !== undefined) return <LoadFailed error={failed.error} onRetry={() => void failed.refetch()} />;
  if (isJoined || invite.data === undefined || me.data === undefined) return <Splash />;
  const { id } = invite.data.community;
  return <Invitation invite={invite.data} userName={me.data?.user_name} onJoined={() => void enter(id)} />;
}

interface InvitationProps {
  invite: Invite;
  /** Undefined while nobody is signed in. */
  userName: string | undefined;
  onJoined: () => void;
}

function Invitation({ invite, userName, onJoined }: InvitationProps) {
  const { community, expires_at: expiresAt } = invite;
  const [isNew, setNew] = useState(true);
  const texts = workspaceTexts.invitation;
  const leadOfNobody = isNew ? texts.lead : texts.leadSignIn;
  return (
    <EntryPage
      title={texts.title(community.name)}
      lead={userName === undefined ? leadOfNobody : texts.leadSignedIn(userName)}
      picture={
        <span className={styles.picture}>
          <CommunityIcon id={community.id} name={community.name} size="large" />
        </span>
      }
      testId="invitation"
      foot={expiresAt !== null && <p>{texts.until(timeText(expiresAt))}</p>}
    >
      {userName !== undefined && <JoinByAccount code={invite.code} onJoined={onJoined} />}
      {userName === undefined && (
        <>
          {/* What was typed belongs to one of the two. */}
          <JoinByName key={String(isNew)} code={invite.code} isNew={isNew} onJoined={onJoined} />
          <Button className={styles.other} look="ghost" onClick={() => setNew(!isNew)}>
            {isNew ? texts.haveAccount : texts.newAccount}
          </Button>
        </>
      )}
    </EntryPage>
  );
}

function InviteGone() {
  const { title, detail } = workspaceTexts.invitation.gone;
  return (
    <MessagePage icon={<MailX size={30} />} tone="problem" title={title} detail={detail} testId="invite-gone">
      <HomeLink />
    </MessagePage>
  );
}

function timeText(time: string): string {
  const format = new Intl.DateTimeFormat(language.get(), { dateStyle: 'medium', timeStyle: 'short' });
  return format.format(new Date(time));
}
