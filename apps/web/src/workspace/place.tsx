import type { Community, OwnAccount } from '@parley/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import { Hash, SearchX } from 'lucide-react';
import { Suspense } from 'react';
import { isProblem } from '../api/problem-error.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import button from '../ui/button.module.css';
import { HomeLink } from '../ui/home-link.js';
import { lazyPart } from '../ui/lazy-part.js';
import { Splash } from '../ui/splash.js';
import { ChannelPage } from './channel-page.js';
import { PlaceFailed } from './place-failed.js';
import { PlaceNote } from './place-note.js';
import { usePlaceTitle } from './use-place-title.js';

const VoicePage = lazyPart(async () => (await import('./voice-page.js')).VoicePage);

export interface PlaceProps {
  community: UseQueryResult<Community>;
  /** Undefined where the address names the community alone. */
  channelId: string | undefined;
  narrow: boolean;
  me: OwnAccount;
}

/** The main part of the workspace: the channel of the address, or why it is not there. */
export function Place({ community: { data, error, refetch }, channelId, narrow, me }: PlaceProps) {
  const channel = data?.channels.find(({ id, kind }) => id === channelId && kind !== 'category');
  usePlaceTitle(channel?.name ?? data?.name);
  const { shell } = workspaceTexts;

  if (isProblem(error, 'not_found')) {
    return (
      <PlaceNote icon={<SearchX size={28} />} {...shell.communityGone}>
        <HomeLink />
      </PlaceNote>
    );
  }
  if (data === undefined) {
    if (error === null) return <Splash />;
    return <PlaceFailed error={error} onRetry={() => void refetch()} />;
  }
  if (channel !== undefined) {
    const shown = { community: data, channel, narrow, me };
    if (channel.kind === 'text') return <ChannelPage {...shown} />;
    return (
      <Suspense fallback={<Splash />}>
        <VoicePage {...shown} />
      </Suspense>
    );
  }
  if (channelId !== undefined) {
    return (
      <PlaceNote icon={<SearchX size={28} />} {...shell.channelGone}>
        <Link
          to="/c/$community"
          params={{ community: data.id }}
          className={button.button}
          data-look="primary"
          data-size="medium"
        >
          {shell.toChannels}
        </Link>
      </PlaceNote>
    );
  }
  const first = data.channels.find(({ kind, archived }) => kind === 'text' && !archived);
  if (first === undefined) return <PlaceNote icon={<Hash size={28} />} {...shell.noChannels} />;
  return <Navigate to="/c/$community/$channel" params={{ community: data.id, channel: first.id }} replace />;
}
