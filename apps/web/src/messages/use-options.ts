import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { communitiesApi } from '../api/communities.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import type { OpenWord } from './completion.js';
import { emojiQuery } from './emoji-data.js';
import { searchEmoji } from './emoji-search.js';
import type { MentionPlace } from './resolve-mentions.js';

/** One of what a word can be completed to. */
export interface Option {
  key: string;
  /** What stands in the field then. */
  insert: string;
  /** What is sent for it; undefined where it is sent as it stands. */
  code?: string;
  shown: string;
  detail?: string;
  /** Of a person, whose picture stands beside it. */
  personId?: string;
}

const MOST = 8;

/** What a word can be completed to, the likeliest first. */
export function useOptions(word: OpenWord | undefined, place: MentionPlace): readonly Option[] {
  const communityId = place.community?.id;
  const members = useQuery({
    queryKey: ['completion', communityId, word?.query],
    queryFn: async () => {
      const query = word?.query === '' ? undefined : word?.query;
      return (await communitiesApi.members({ id: communityId ?? '', query, limit: MOST })).members;
    },
    enabled: word?.sign === '@' && communityId !== undefined,
    placeholderData: keepPreviousData,
  });
  const emoji = useQuery({ ...emojiQuery(), enabled: word?.sign === ':' });

  if (word === undefined) return [];
  if (word.sign === '#') return channelOptions(word.query, place);
  if (word.sign === ':') {
    return searchEmoji(emoji.data ?? [], word.query, MOST).map(({ unicode, label }) => ({
      ...{ key: unicode, insert: unicode, shown: `${unicode} ${label}` },
    }));
  }
  const people = (members.data ?? [])
    .map(({ person, nickname }) => ({
      ...person,
      shown: nickname ?? person.display_name ?? person.user_name,
    }))
    .filter(({ shown, user_name }) => begins(shown, word.query) || begins(user_name, word.query))
    .map(({ id, shown, user_name }) => ({
      ...{ key: id, insert: `@${shown}`, code: `<@${id}>`, shown, personId: id },
      ...(shown !== user_name && { detail: user_name }),
    }));
  const inConversation = (place.channel.people ?? [])
    .filter(({ name }) => begins(name, word.query))
    .map(({ id, name }) => ({ key: id, insert: `@${name}`, code: `<@${id}>`, shown: name, personId: id }));
  return [
    ...inConversation,
    ...people,
    ...roleOptions(word.query, place),
    ...allOptions(word.query, place),
  ].slice(0, MOST);
}

function channelOptions(query: string, { community }: MentionPlace): Option[] {
  return (community?.channels ?? [])
    .filter(({ kind, name }) => kind !== 'category' && begins(name, query))
    .slice(0, MOST)
    .map(({ id, name }) => ({ key: id, insert: `#${name}`, code: `<#${id}>`, shown: `#${name}` }));
}

function roleOptions(query: string, { community, channel }: MentionPlace): Option[] {
  if (community === undefined || !channel.permissions.includes('mention_roles')) return [];
  return community.roles
    .filter(({ name, position }) => position > 0 && begins(name, query))
    .map(({ id, name }) => ({
      ...{ key: id, insert: `@${name}`, code: `<@&${id}>`, shown: `@${name}` },
      detail: messageTexts.completion.role,
    }));
}

function allOptions(query: string, { channel }: MentionPlace): Option[] {
  if (!channel.permissions.includes('mention_everyone')) return [];
  const { here, channel: all } = messageTexts.completion;
  return [
    { key: 'here', insert: '@here', shown: '@here', detail: here },
    { key: 'channel', insert: '@channel', shown: '@channel', detail: all },
  ].filter(({ key }) => key.startsWith(query.toLowerCase()));
}

function begins(name: string, query: string): boolean {
  return name.toLowerCase().startsWith(query.toLowerCase());
}
