import { useQuery } from '@tanstack/react-query';
import { VisuallyHidden } from 'radix-ui';
import { startQuery } from '../finding/start-query.js';
import { Badge } from '../messages/unread-mark.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { sumOf } from './news.js';
import { useNews } from './use-news.js';
import styles from './community-mark.module.css';

/** What is new in a community, at its sign. */
export function CommunityMark({ communityId }: { communityId: string }) {
  const { data } = useQuery(startQuery);
  const channels = data?.communities.find(({ id }) => id === communityId)?.channels ?? [];
  const { isNew, badge } = sumOf(
    useNews(),
    channels.map(({ id }) => id),
  );
  if (!isNew) return null;
  const texts = messageTexts.unread;
  return (
    <span className={styles.mark} data-unread>
      <Badge count={badge} />
      <VisuallyHidden.Root>{badge > 0 ? texts.mentions(badge) : texts.fresh}</VisuallyHidden.Root>
    </span>
  );
}
