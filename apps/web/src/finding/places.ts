import type { Person, Start } from '@parley/contract';
import { channelPath, conversationPath } from '../lib/route.js';
import { channelSections } from '../workspace/channel-sections.js';

/** Something one can go to. */
export interface Place {
  /** The same after a reload. */
  key: string;
  kind: 'channel' | 'voice' | 'conversation' | 'person' | 'community';
  name: string;
  /** Where it is, or who it is: tells those of one name apart. */
  detail: string;
  /** Id of the channel, of the person, or of the community. */
  id: string;
  /** Undefined for people with whom there is no conversation yet. */
  path: string | undefined;
}

/** Everything one can go to, in the order in which it is listed elsewhere. */
export function placesIn({ me, communities, conversations, relations }: Start): Place[] {
  const channels = communities.flatMap((community) =>
    channelSections(community.channels).flatMap((section) =>
      section.channels.map(({ id, name, kind }): Place => ({
        ...{ key: `channel:${id}`, kind: kind === 'voice' ? 'voice' : 'channel', name, id },
        detail: community.name,
        path: channelPath({ communityId: community.id, id }),
      })),
    ),
  );
  const talks = conversations.map(({ id, name, kind, members }): Place => {
    const others = members.filter((member) => member.id !== me.id);
    const isGroup = kind === 'group';
    return {
      ...{ key: `channel:${id}`, kind: 'conversation', id, path: conversationPath(id) },
      name: name === '' ? others.map(shownName).join(', ') : name,
      detail: isGroup ? others.map(shownName).join(', ') : others.map(({ user_name }) => user_name).join(),
    };
  });
  const alone = conversations.filter(({ kind }) => kind === 'direct').flatMap(({ members }) => members);
  const known = new Map(
    [...relations.friends, ...conversations.flatMap(({ members }) => members)].map((one) => [one.id, one]),
  );
  // With whom there is a conversation one finds by that.
  for (const { id } of [me, ...alone, ...relations.blocked]) known.delete(id);
  const places = communities.map(({ id, name }): Place => ({
    ...{ key: `community:${id}`, kind: 'community', name, detail: '', id, path: `/c/${id}` },
  }));
  return [...talks, ...channels, ...Array.from(known.values(), personPlace), ...places];
}

/** Somebody with whom one can begin to talk. */
export function personPlace(person: Person): Place {
  const { id, user_name } = person;
  return {
    ...{ key: `person:${id}`, kind: 'person', id, path: undefined },
    name: shownName(person),
    detail: user_name,
  };
}

function shownName({ display_name, user_name }: Person): string {
  return display_name ?? user_name;
}
