import type { NotificationRule, NotificationSettings } from '@parley/contract';
import { useQueryClient } from '@tanstack/react-query';
import { notificationsApi } from '../api/notifications.js';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from '../workspace/problem-text.js';
import { notificationsQuery } from './notifications-query.js';
import type { PlaceMenu } from './place-menu-state.js';

/** Decides for a channel or community: shown at once, and taken back if it was not granted. */
export function useSetRule({ kind, id }: Pick<PlaceMenu, 'kind' | 'id'>): (rule: NotificationRule) => void {
  const client = useQueryClient();
  const { notify } = useNotices();
  return (rule) => {
    client.setQueryData(
      notificationsQuery.queryKey,
      (settings) => settings && withRule(settings, { kind, id }, rule),
    );
    const sent =
      kind === 'channel'
        ? notificationsApi.setChannel({ channel_id: id, ...rule })
        : notificationsApi.setCommunity({ id, ...rule });
    sent.catch((error: unknown) => {
      notify(problemText(error), 'problem');
      void client.invalidateQueries(notificationsQuery);
    });
  };
}

export function withRule(
  settings: NotificationSettings,
  { kind, id }: Pick<PlaceMenu, 'kind' | 'id'>,
  rule: NotificationRule,
): NotificationSettings {
  const { channels, communities } = settings;
  if (kind === 'channel') {
    const others = channels.filter(({ channel_id }) => channel_id !== id);
    return { ...settings, channels: [...others, { channel_id: id, ...rule }] };
  }
  const others = communities.filter(({ community_id }) => community_id !== id);
  return { ...settings, communities: [...others, { community_id: id, ...rule }] };
}
