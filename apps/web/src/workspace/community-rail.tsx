import type { CommunitySummary } from '@parley/contract';
import { Link } from '@tanstack/react-router';
import { Tooltip, VisuallyHidden } from 'radix-ui';
import { Suspense } from 'react';
import { DirectLink } from '../conversations/direct-link.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import tooltip from '../ui/icon-button.module.css';
import { openPlaceMenu } from '../notifications/place-menu-state.js';
import { lazyPart } from '../ui/lazy-part.js';
import { CommunityIcon } from './community-icon.js';
import styles from './community-rail.module.css';

const CommunityMark = lazyPart(
  async () => (await import('../notifications/community-mark.js')).CommunityMark,
);
const AddCommunityButton = lazyPart(
  async () => (await import('../administration/add-community-button.js')).AddCommunityButton,
);

export interface CommunityRailProps {
  communities: readonly CommunitySummary[];
  current: string | undefined;
  /** Whether one's conversations are open. */
  isDirect: boolean;
  /** Whether one may make communities. */
  mayCreate: boolean;
}

/** The communities that one is in, each by its sign. */
export function CommunityRail({ communities, current, isDirect, mayCreate }: CommunityRailProps) {
  return (
    <nav className={styles.rail} aria-label={workspaceTexts.shell.communities}>
      <ul className={styles.list}>
        <li className={styles.item} data-apart>
          <DirectLink isCurrent={isDirect} />
        </li>
        {communities.map(({ id, name }) => (
          <li key={id} className={styles.item}>
            <Tooltip.Root>
              <Tooltip.Trigger asChild>
                <Link
                  to="/c/$community"
                  params={{ community: id }}
                  className={styles.link}
                  aria-current={id === current ? 'page' : undefined}
                  onContextMenu={(event) => openPlaceMenu(event, { kind: 'community', id, name })}
                >
                  <CommunityIcon id={id} name={name} />
                  <VisuallyHidden.Root>{name}</VisuallyHidden.Root>
                  <Suspense>
                    <CommunityMark communityId={id} />
                  </Suspense>
                </Link>
              </Tooltip.Trigger>
              <Tooltip.Portal>
                <Tooltip.Content className={tooltip.tooltip} side="right" sideOffset={8} collisionPadding={8}>
                  <bdi>{name}</bdi>
                </Tooltip.Content>
              </Tooltip.Portal>
            </Tooltip.Root>
          </li>
        ))}
        <li className={styles.item}>
          <Suspense>
            <AddCommunityButton mayCreate={mayCreate} look="icon" />
          </Suspense>
        </li>
      </ul>
    </nav>
  );
}
