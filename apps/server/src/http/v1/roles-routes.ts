import {
  member,
  memberRolePath,
  newRole,
  noInput,
  role,
  roleChange,
  roleMove,
  rolePath,
} from '@parley/contract';
import type { RoleGiving, RoleService } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { CHANGES } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options } from './v1-module.js';

export interface RolesModuleOptions extends V1Options {
  roles: RoleService;
  giving: RoleGiving;
}

const DONE = { output: noInput, status: 204, perMinute: CHANGES } as const;

/** Roles of communities, and who has them. */
export function rolesModule({ roles, giving, sessions, onProblem }: RolesModuleOptions): HttpModule {
  const path = '/api/v1/communities/:id/roles';
  const one = `${path}/:role_id`;
  const given = '/api/v1/communities/:id/members/:user_id/roles/:role_id';
  return v1Module('roles', { sessions, onProblem }, [
    accountRoute({
      summary: 'Create a role.',
      ...{ method: 'POST', path, input: newRole, output: role, status: 201, perMinute: CHANGES },
      handle: (input, { account }) => roles.create(account.userId, input),
    }),
    accountRoute({
      summary: 'Change name, colour, icon and permissions of a role.',
      ...{ method: 'PATCH', path: one, input: roleChange, output: role, perMinute: CHANGES },
      handle: (input, { account }) => roles.change(account.userId, input),
    }),
    accountRoute({
      summary: 'Delete a role.',
      ...{ method: 'DELETE', path: one, input: rolePath, ...DONE },
      handle: async ({ id, role_id }, { account }) => {
        await roles.delete(account.userId, { communityId: id, roleId: role_id });
        return {};
      },
    }),
    accountRoute({
      summary: 'Put a role above or below others.',
      ...{ method: 'POST', path: `${one}/move`, input: roleMove, ...DONE },
      handle: async (input, { account }) => {
        await roles.move(account.userId, input);
        return {};
      },
    }),
    accountRoute({
      summary: 'Give a member a role.',
      ...{ method: 'PUT', path: given, input: memberRolePath, output: member, perMinute: CHANGES },
      handle: ({ id, user_id, role_id }, { account }) =>
        giving.give(account.userId, { communityId: id, userId: user_id, roleId: role_id }),
    }),
    accountRoute({
      summary: 'Take a role from a member.',
      ...{ method: 'DELETE', path: given, input: memberRolePath, output: member, perMinute: CHANGES },
      handle: ({ id, user_id, role_id }, { account }) =>
        giving.take(account.userId, { communityId: id, userId: user_id, roleId: role_id }),
    }),
  ]);
}
