import type { Role } from '@parley/contract';
import { expect, it } from 'vitest';
import { ownRank, rankOf } from '../../src/administration/rank.js';
import { sectionsFor } from '../../src/administration/settings-sections.js';

const roleOf = (id: string, position: number): Role => ({
  ...{ id, name: id, colour: null, icon: null, position, permissions: [] },
});
const KITCHEN = { owner_id: 'olga', roles: [roleOf('chief', 2), roleOf('cook', 1), roleOf('everyone', 0)] };
const BEN = { id: 'ben', user_name: 'ben', session_id: 's', permissions: [] };

it('goes by the highest role, and the owner stands above all', () => {
  expect(rankOf(KITCHEN, 'ben', [])).toBe(0);
  expect(rankOf(KITCHEN, 'ben', ['cook', 'chief', 'gone'])).toBe(2);
  expect(rankOf(KITCHEN, 'olga', [])).toBe(Infinity);
});

it('puts who administers the server above everybody, member or not', () => {
  expect(ownRank(KITCHEN, BEN, undefined)).toBe(0);
  expect(ownRank(KITCHEN, { ...BEN, permissions: ['administer_instance'] }, undefined)).toBe(Infinity);
});

it('lists the settings in which somebody has something to do', () => {
  const of = (permissions: string[], me = 'ben') => sectionsFor({ permissions, owner_id: 'olga' }, me);
  expect(of([])).toEqual([]);
  expect(of(['view_members', 'create_invites'])).toEqual(['members', 'invites']);
  expect(of(['manage_community', 'manage_roles', 'view_bans'])).toEqual(['overview', 'roles', 'bans']);
  expect(of([], 'olga')).toEqual(['ownership']);
});
