import type { Member, Presence, Role } from '@parley/contract';
import { shownName } from './shown-name.js';

export interface MemberGroup {
  /** The highest role of its members; `online` for those without one, `offline` for who is not there. */
  key: string;
  role: Role | undefined;
  members: readonly Member[];
}

/** Who is there, by their highest roles, and then who is not; each by name. */
export function memberGroups(
  members: readonly Member[],
  roles: readonly Role[],
  presenceOf: (id: string) => Presence | undefined,
): MemberGroup[] {
  const byHeight = roles
    .filter(({ position }) => position > 0)
    .toSorted((one, other) => other.position - one.position);
  const byName = members.toSorted((one, other) => nameIn(one).localeCompare(nameIn(other)));
  const isThere = ({ person }: Member) => (presenceOf(person.id) ?? 'offline') !== 'offline';
  const highest = ({ role_ids }: Member) => byHeight.find(({ id }) => role_ids.includes(id));
  const there = byName.filter(isThere);
  const groups: MemberGroup[] = [
    ...byHeight.map((role) => ({
      ...{ key: role.id, role },
      members: there.filter((member) => highest(member)?.id === role.id),
    })),
    { key: 'online', role: undefined, members: there.filter((member) => highest(member) === undefined) },
    { key: 'offline', role: undefined, members: byName.filter((member) => !isThere(member)) },
  ];
  return groups.filter((group) => group.members.length > 0);
}

/** What a member is called in the community. */
export function nameIn({ nickname, person }: Member): string {
  return nickname ?? shownName(person);
}
