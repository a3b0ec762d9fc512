import { allActions, isAction, MOST_ACTIONS, PermissionSet } from '@parley/workspace';
import type { Action } from '@parley/workspace';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const NAMES = allActions.map(({ action }) => action);
const someActions = fc.uniqueArray(fc.constantFrom(...NAMES));

test('there are no more actions than a set has bits, and each has one name', () => {
  expect(NAMES.length).toBeLessThanOrEqual(MOST_ACTIONS);
  expect(new Set(NAMES).size).toBe(NAMES.length);
});

test('each action has a bit of its own', () => {
  for (const one of NAMES) expect(PermissionSet.of(one).names()).toEqual([one]);
});

test('a set does what a set of names does', () => {
  fc.assert(
    fc.property(someActions, someActions, (left, right) => {
      const [a, b] = [PermissionSet.of(...left), PermissionSet.of(...right)];
      const inOrder = (keep: (one: Action) => boolean): Action[] => NAMES.filter(keep);
      expect(a.with(b).names()).toEqual(inOrder((one) => left.includes(one) || right.includes(one)));
      expect(a.without(b).names()).toEqual(inOrder((one) => left.includes(one) && !right.includes(one)));
      expect(a.only(b).names()).toEqual(inOrder((one) => left.includes(one) && right.includes(one)));
      expect(a.hasAll(b)).toBe(right.every((one) => left.includes(one)));
      expect(a.hasAny(b)).toBe(right.some((one) => left.includes(one)));
      expect(a.equals(b)).toBe(a.hasAll(b) && b.hasAll(a));
      expect(PermissionSet.ofNames(a.names()).equals(a)).toBe(true);
    }),
  );
});

test('a set is written as names, and names that a newer version stored are left out', () => {
  expect(JSON.stringify(PermissionSet.of('speak'))).toBe('["speak"]');
  expect(PermissionSet.ofNames(['speak', 'fly', 'constructor']).names()).toEqual(['speak']);
  expect(isAction('speak')).toBe(true);
  expect(isAction('fly')).toBe(false);
});
