import { actionGroups, allActions, defaultInstanceRoles, defaultRoles } from '@parley/workspace';
import type { PermissionSet } from '@parley/workspace';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const text = read('../../../../docs/permissions.md');
const source = read('../../src/permissions/actions.ts');

const COLUMNS = new Map<string, PermissionSet>([
  ['@everyone', defaultRoles.everyone],
  ['Moderator', defaultRoles.moderator],
  ['Every account', defaultInstanceRoles.account],
  ['Community creator', defaultInstanceRoles.community_creator],
  ['Invite manager', defaultInstanceRoles.invite_manager],
  ['Account manager', defaultInstanceRoles.account_manager],
]);

function read(place: string): string {
  return readFileSync(new URL(place, import.meta.url), 'utf8');
}

interface Row {
  group: string;
  action: string;
  allows: string;
  /** By the column's head. */
  yes: string[];
}

const rows: Row[] = [...text.matchAll(/^### (\w+)$([^]*?)(?=^##|$(?![^]))/gm)].flatMap(
  ([, group = '', section = '']) => {
    const lines = section.split('\n').filter((line) => line.startsWith('|'));
    const cells = lines.map((line) => line.split('|').map((cell) => cell.trim()));
    return cells.slice(2).map((row) => ({
      group: group.toLowerCase(),
      action: (row[2] === undefined ? '' : (row[1] ?? '')).replaceAll('`', ''),
      allows: row[2] ?? '',
      yes: (cells[0] ?? []).filter((_, column) => row[column] === 'yes'),
    }));
  },
);

test('every action is listed in its group, in the order of the code, and nothing else', () => {
  expect(rows.map(({ group, action }) => `${group} ${action}`)).toEqual(
    allActions.map(({ group, action }) => `${group} ${action}`),
  );
  expect(Object.keys(actionGroups)).toEqual([...new Set(rows.map(({ group }) => group))]);
});

test('what an action allows is told as in the code', () => {
  const told = new Map(
    [...source.matchAll(/\/\*\* (.*) \*\/\n\s+(\w+): '/g)].map(([, line = '', action = '']) => [
      action,
      line,
    ]),
  );
  expect(Object.fromEntries(rows.map(({ action, allows }) => [action, allows]))).toEqual(
    Object.fromEntries(told),
  );
});

test('the default roles allow what the tables say', () => {
  for (const [column, allowed] of COLUMNS) {
    const listed = rows.filter(({ yes }) => yes.includes(column)).map(({ action }) => action);
    expect(listed, column).toEqual(allowed.names());
  }
  const administrators = rows.filter(({ yes }) => yes.includes('Administrator')).map(({ action }) => action);
  expect(administrators).toEqual([
    ...defaultInstanceRoles.administrator.names(),
    ...defaultRoles.administrator.names(),
  ]);
});
