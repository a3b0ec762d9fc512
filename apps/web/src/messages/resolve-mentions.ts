import type { Community } from '@parley/contract';
import { communitiesApi } from '../api/communities.js';
import { encodeMentions, openNames, type Chosen } from './mention-text.js';
import type { MessagesPlace } from './place.js';

export interface MentionPlace {
  /** Undefined in conversations. */
  community: Community | undefined;
  channel: MessagesPlace;
}

/** More names than these are looked for in no message. */
const MOST_LOOKED_FOR = 5;
const FOUND = 5;
const CALL_ALL = ['here', 'channel', 'everyone'];

/** The text to send: also who is called by a whole name without having been chosen, where exactly one has it. */
export async function resolveMentions(text: string, chosen: Chosen, place: MentionPlace): Promise<string> {
  const all = new Map([...namesHere(place), ...chosen]);
  const { community, channel } = place;
  const open = openNames(text, all).filter((name) => !CALL_ALL.includes(name));
  if (community !== undefined) {
    await Promise.all(
      open.slice(0, MOST_LOOKED_FOR).map(async (name) => {
        const id = await onlyMember(community.id, name);
        if (id !== undefined) all.set(`@${name}`, `<@${id}>`);
      }),
    );
  } else {
    for (const name of open) {
      const called = (channel.people ?? []).filter((person) => isName(person.name, name));
      const [only] = called;
      if (only !== undefined && called.length === 1) all.set(`@${name}`, `<@${only.id}>`);
    }
  }
  return encodeMentions(text, all);
}

/** Channels, and roles that may be called, by what they are called; those that share a name are left out. */
function namesHere({ community, channel }: MentionPlace): Map<string, string> {
  const channels = (community?.channels ?? []).filter(({ kind }) => kind !== 'category');
  const roles = channel.permissions.includes('mention_roles') ? (community?.roles ?? []) : [];
  const names = [
    ...channels.map(({ id, name }) => [`#${name}`, `<#${id}>`] as const),
    ...roles.filter(({ position }) => position > 0).map(({ id, name }) => [`@${name}`, `<@&${id}>`] as const),
  ];
  return new Map(names.filter(([name]) => names.filter(([other]) => other === name).length === 1));
}

async function onlyMember(id: string, name: string): Promise<string | undefined> {
  try {
    const { members } = await communitiesApi.members({ id, query: name, limit: FOUND });
    const called = members.filter(({ person, nickname }) =>
      [person.user_name, person.display_name, nickname].some(
        (other) => other !== null && isName(other, name),
      ),
    );
    return called.length === 1 ? called[0]?.person.id : undefined;
  } catch {
    // The message is sent as it is written.
    return undefined;
  }
}

function isName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
