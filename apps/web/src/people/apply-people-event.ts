import type { Person, Relation, Relations, RelationTo, WorkspaceEventBody } from '@parley/contract';
import type { QueryClient } from '@tanstack/react-query';
import { afterMessage } from '../conversations/conversation-list.js';
import { conversationsQuery } from '../conversations/conversation-queries.js';
import { presenceQuery, profileQuery } from '../presence/presence-queries.js';
import { relationsQuery } from './people-queries.js';

/** Changes what is known of people and conversations by what has happened. */
export function applyPeopleEvent(client: QueryClient, { type, payload }: WorkspaceEventBody): void {
  switch (type) {
    case 'message_created':
      client.setQueryData(
        conversationsQuery.queryKey,
        (conversations) => conversations && [...afterMessage(conversations, payload.message)],
      );
      return;
    case 'conversation_opened':
    case 'conversation_changed':
      // What one may do in it only the server knows.
      void client.invalidateQueries(conversationsQuery);
      return;
    case 'conversation_left':
      client.setQueryData(conversationsQuery.queryKey, (conversations) =>
        conversations?.filter(({ id }) => id !== payload.id),
      );
      return;
    case 'relation_changed':
      client.setQueryData(relationsQuery.queryKey, (relations) => relations && related(relations, payload));
      void client.invalidateQueries({ queryKey: ['person', payload.person.id] });
      void client.invalidateQueries({ queryKey: ['people'] });
      return;
    case 'profile_changed':
      client.setQueryData(
        relationsQuery.queryKey,
        (relations) => relations && renamed(relations, payload.person),
      );
      client.setQueryData(
        profileQuery.queryKey,
        (own) => own && (own.id === payload.person.id ? { ...own, ...payload.person } : own),
      );
      client.setQueryData(conversationsQuery.queryKey, (conversations) =>
        conversations?.map((conversation) => ({
          ...conversation,
          members: conversation.members.map(newer(payload.person)),
        })),
      );
      void client.invalidateQueries({ queryKey: ['person', payload.person.id] });
      void client.invalidateQueries({ queryKey: ['members'] });
      return;
    case 'member_joined':
    case 'member_changed':
    case 'member_left':
      void client.invalidateQueries({ queryKey: ['members', payload.community_id] });
      return;
    case 'presence_changed':
      // Whose presence nobody looks at is asked for when somebody does.
      for (const { user_id, presence } of payload.people) {
        client.setQueryData(presenceQuery(user_id).queryKey, (known) => known && presence);
      }
      return;
    case 'availability_changed':
      client.setQueryData(profileQuery.queryKey, (own) => own && { ...own, ...payload });
      return;
    default:
  }
}

const LISTS: Record<Relation, keyof Relations> = {
  friend: 'friends',
  incoming: 'incoming',
  outgoing: 'outgoing',
  blocked: 'blocked',
};

/** With somebody in the list where they are now, and in no other. */
export function related(relations: Relations, { person, relation }: RelationTo): Relations {
  const without = (people: readonly Person[]) => people.filter(({ id }) => id !== person.id);
  const next = {
    friends: without(relations.friends),
    incoming: without(relations.incoming),
    outgoing: without(relations.outgoing),
    blocked: without(relations.blocked),
  };
  if (relation !== null) next[LISTS[relation]].push(person);
  return next;
}

function renamed({ friends, incoming, outgoing, blocked }: Relations, person: Person): Relations {
  const change = newer(person);
  return {
    friends: friends.map(change),
    incoming: incoming.map(change),
    outgoing: outgoing.map(change),
    blocked: blocked.map(change),
  };
}

function newer(person: Person): (other: Person) => Person {
  return (other) => (other.id === person.id ? person : other);
}
