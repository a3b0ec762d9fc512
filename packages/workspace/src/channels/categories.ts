import type { Visit } from '../communities/visit.js';
import { WorkspaceError } from '../workspace-error.js';
import type { ChannelsOfCommunity } from './channel-rows.js';
import { visibleChannels } from './visible-channels.js';

/** Throws `invalid` if this is no category that they see, or one where no channel of the kind belongs. */
export function checkCategory(
  { subject, community, now }: Pick<Visit, 'subject' | 'community' | 'now'>,
  there: ChannelsOfCommunity,
  { kind, categoryId }: { kind: string; categoryId: string },
): void {
  if (kind === 'category') {
    throw new WorkspaceError('invalid', 'A category stands in no other.', {
      field: 'category_id',
      remedy: 'Leave it out, or send null.',
    });
  }
  const seen = visibleChannels(community, there, { subject, now });
  if (seen.some((channel) => channel.id === categoryId && channel.kind === 'category')) return;
  throw new WorkspaceError('invalid', 'There is no such category in this community.', {
    field: 'category_id',
    remedy: 'Choose another, or send null.',
  });
}
