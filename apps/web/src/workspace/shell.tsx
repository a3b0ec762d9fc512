import type { OwnAccount } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from '@tanstack/react-router';
import { Users } from 'lucide-react';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { NARROW } from '../ui/breakpoints.js';
import { Splash } from '../ui/splash.js';
import { useMediaQuery } from '../ui/use-media-query.js';
import { ChannelSidebar } from './channel-sidebar.js';
import { communitiesQuery, communityQuery } from './community-queries.js';
import { CommunityRail } from './community-rail.js';
import { LoadFailed } from './load-failed.js';
import { Place } from './place.js';
import { PlaceNote } from './place-note.js';
import { UserPanel } from './user-panel.js';
import styles from './shell.module.css';

/** What who is signed in sees: communities, the channels of one, and one of these. A phone shows either list or channel. */
export function Shell({ me }: { me: OwnAccount }) {
  const { community: communityId, channel: channelId } = useParams({ strict: false });
  const narrow = useMediaQuery(NARROW);
  const communities = useQuery(communitiesQuery);
  const community = useQuery({ ...communityQuery(communityId ?? ''), enabled: communityId !== undefined });

  if (communities.data === undefined) {
    if (!communities.isError) return <Splash />;
    return <LoadFailed error={communities.error} onRetry={() => void communities.refetch()} />;
  }
  const [first] = communities.data;
  if (communityId === undefined && first !== undefined)
    return <Navigate to="/c/$community" params={{ community: first.id }} replace />;

  const isList = narrow && channelId === undefined && !community.isError && first !== undefined;
  const Side = isList ? 'main' : 'aside';
  return (
    <div className={styles.shell} data-testid="workspace">
      {(!narrow || isList) && first !== undefined && (
        <Side className={styles.side} aria-label={workspaceTexts.shell.lists}>
          <CommunityRail communities={communities.data} current={communityId} />
          <div className={styles.column}>
            <ChannelSidebar community={community.data} current={channelId} />
            <UserPanel me={me} />
          </div>
        </Side>
      )}
      {!isList && (
        <main className={styles.main}>
          {first === undefined ? (
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
      <UserPanel me={me} />
    </PlaceNote>
  );
}
