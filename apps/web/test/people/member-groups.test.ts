import type { Member, Presence, Role } from '@parley/contract';
import { expect, test } from 'vitest';
import { memberGroups } from '../../src/people/member-groups.js';
import { personOf } from '../people-fixtures.js';

const roleOf = (id: string, position: number): Role => ({
  ...{ id, name: id, colour: null, icon: null, position, permissions: [] },
});
const ROLES = [roleOf('everyone', 0), roleOf('cooks', 1), roleOf('chefs', 2)];

function memberOf(id: string, role_ids: string[] = [], nickname: string | null = null): Member {
  return {
    ...{ person: personOf(id), nickname, role_ids, joined_at: '2026-01-01T00:00:00.000Z' },
    timed_out_until: null,
  };
}

const shown = (members: Member[], presences: Record<string, Presence>) =>
  memberGroups(members, ROLES, (id) => presences[id]).map(({ key, members: own }) => [
    key,
    own.map(({ person }) => person.id),
  ]);

test('who is there stands by their highest role, who is not at the end, each by name', () => {
  const members = [
    memberOf('dora'),
    memberOf('cem', ['cooks', 'chefs']),
    memberOf('bob', ['cooks'], 'Zoe'),
    memberOf('ann', ['cooks']),
    memberOf('eve', ['chefs']),
  ];
  expect(
    shown(members, { ann: 'online', bob: 'away', cem: 'do_not_disturb', dora: 'online', eve: 'offline' }),
  ).toEqual([
    ['chefs', ['cem']],
    ['cooks', ['ann', 'bob']],
    ['online', ['dora']],
    ['offline', ['eve']],
  ]);
});

test('of whom nothing is known yet is not there, and nobody has no group', () => {
  expect(shown([memberOf('ann', ['chefs'])], {})).toEqual([['offline', ['ann']]]);
  expect(shown([], {})).toEqual([]);
});
