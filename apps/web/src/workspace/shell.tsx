import type { OwnAccount } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useParams, useRouterState } from '@tanstack/react-router';
import { Users } from 'lucide-react';
import { Suspense } from 'react';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { NARROW } from '../ui/breakpoints.js';
import button from '../ui/button.module.css';
import { lazyPart } from '../ui/lazy-part.js';
import { Splash } from '../ui/splash.js';
import { useMediaQuery } from '../ui/use-media-query.js';
import { ChannelSidebar } from './channel-sidebar.js';
import { communitiesQuery, communityQuery } from './community-queries.js';
import { CommunityRail } from './community-rail.js';
import { LoadFailed } from './load-failed.js';
import { Place } from './place.js';
import { PlaceNote } from './place-note.js';
import styles from './shell.module.css';

const ConversationSidebar = lazyPart(
  async () => (await import('../conversations/conversation-sidebar.js')).ConversationSidebar,
);
const DirectPlace = lazyPart(async () => (await import('../conversations/direct-place.js')).DirectPlace);
const VoicePanel = lazyPart(async () => (await import('./voice-panel.js')).VoicePanel);
const UserPanel = lazyPart(async () => (await import('./user-panel.js')).UserPanel);
const CommunitySettings = lazyPart(
  async () => (await import('../administration/community-settings.js')).CommunitySettings,
);
const AddCommunityButton = lazyPart(
  async () => (await import('../administration/add-community-button.js')).AddCommunityButton,
);

/** What who is signed in sees: communities, the channels of one, and one of these. A phone shows either list or channel. */
export function Shell({ me }: { me: OwnAccount }) {
  const { community: communityId, channel: channelId, section } = useParams({ strict: false });
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const isDirect = path === '/d' || path.startsWith('/d/');
  const areFriends = path === '/d/friends';
  const narrow = useMediaQuery(NARROW);
  const communities = useQuery(communitiesQuery);
  const community = useQuery({ ...communityQuery(communityId ?? ''), enabled: communityId !== undefined });

  if (communities.data === undefined) {
    if (!communities.isError) return <Splash />;
    return <LoadFailed error={communities.error} onRetry={() => void communities.refetch()} />;
  }
  const [first] = communities.data;
  if (communityId === undefined && !isDirect && first !== undefined)
    return <Navigate to="/c/$community" params={{ community: first.id }} replace />;

  const hasSide = isDirect || first !== undefined;
  if (section !== undefined && !community.isError) {
    return (
      <div className={styles.shell} data-testid="workspace">
        <Suspense fallback={<Splash />}>
          {community.data === undefined ? (
            <Splash />
          ) : (
            <CommunitySettings community={community.data} me={me} section={section} />
          )}
        </Suspense>
      </div>
    );
  }

  const isList = narrow && channelId === undefined && !areFriends && !community.isError && hasSide;
  const Side = isList ? 'main' : 'aside';
  return (
    <div className={styles.shell} data-testid="workspace">
      {(!narrow || isList) && hasSide && (
        <Side className={styles.side} aria-label={workspaceTexts.shell.lists}>
          <CommunityRail
            communities={communities.data}
            current={communityId}
            isDirect={isDirect}
            mayCreate={mayCreate(me)}
          />
          <div className={styles.column}>
            {isDirect ? (
              <Suspense fallback={<div className={styles.loading} />}>
                <ConversationSidebar
                  me={me}
                  current={channelId}
                  areFriendsOpen={areFriends || (channelId === undefined && !narrow)}
                />
              </Suspense>
            ) : (
              <ChannelSidebar community={community.data} current={channelId} me={me} />
            )}
            <Suspense>
              <VoicePanel />
            </Suspense>
            <div className={styles.account}>
              <Suspense>
                <UserPanel me={me} />
              </Suspense>
            </div>
          </div>
        </Side>
      )}
      {!isList && (
        <main className={styles.main}>
          {isDirect ? (
            <Suspense fallback={<Splash />}>
              <DirectPlace me={me} channelId={channelId} narrow={narrow} />
            </Suspense>
          ) : first === undefined ? (
            <NoCommunity me={me} />
          ) : (
            <Place community={community} channelId={channelId} narrow={narrow} me={me} />
          )}
        </main>
      )}
    </div>
  );
}

/** For who was a member and is one nowhere now. */
function NoCommunity({ me }: { me: OwnAccount }) {
  const { title, detail } = workspaceTexts.shell.noCommunity;
  return (
    <PlaceNote icon={<Users size={28} />} title={title} detail={detail}>
      <Link to="/d" className={button.button} data-look="primary" data-size="medium">
        {workspaceTexts.shell.directMessages}
      </Link>
      <Suspense>
        <AddCommunityButton mayCreate={mayCreate(me)} look="words" />
        <UserPanel me={me} />
      </Suspense>
    </PlaceNote>
  );
}

function mayCreate({ permissions }: OwnAccount): boolean {
  return permissions.includes('create_communities');
}
