import type { Mentions } from '@parley/contract';
import type { MentionName } from './message-text.js';
import type { Place } from './place.js';

/** Names for those whom a message calls, and for channels that one sees. Others are text, as they were typed. */
export function mentionNames(
  { people, role_ids }: Pick<Mentions, 'people' | 'role_ids'>,
  { community }: Pick<Place, 'community'>,
): MentionName {
  return (sign, id) => {
    if (sign === '#') return community?.channels.find((channel) => channel.id === id)?.name;
    if (sign === '@') return people.find((person) => person.id === id)?.name;
    return role_ids.includes(id) ? community?.roles.find((role) => role.id === id)?.name : undefined;
  };
}
