import { PermissionSet } from '@parley/workspace';
import type {
  Action,
  ChannelAccess,
  CommunityAccess,
  Membership,
  Overwrite,
  Role,
  Subject,
} from '@parley/workspace';

/** Ten past nine, or so. */
export const NOW = 1_000_000;

export const everyone = (...actions: Action[]): Role => role('everyone', 0, ...actions);

export function role(id: string, position: number, ...actions: Action[]): Role {
  return { id, name: id, colour: null, icon: null, position, permissions: PermissionSet.of(...actions) };
}

export function community(...roles: Role[]): CommunityAccess {
  return {
    id: 'community',
    ownerId: 'owner',
    everyoneId: 'everyone',
    roles: new Map([everyone(), ...roles].map((one) => [one.id, one])),
  };
}

export function account(userId: string, changes: Partial<Subject> = {}): Subject {
  return {
    userId,
    ownsInstance: false,
    banned: false,
    instancePermissions: PermissionSet.none,
    memberships: new Map(),
    ...changes,
  };
}

/** A member of the community with these roles. */
export function member(userId: string, roleIds: string[] = [], changes: Partial<Membership> = {}): Subject {
  return account(userId, {
    memberships: new Map([['community', { roleIds, timedOutUntil: null, ...changes }]]),
  });
}

export function overwrite(allow: readonly Action[], deny: readonly Action[] = []): Overwrite {
  return { allow: PermissionSet.of(...allow), deny: PermissionSet.of(...deny) };
}

export interface Overwrites {
  roles?: Record<string, Overwrite>;
  people?: Record<string, Overwrite>;
  archived?: boolean;
}

export function channel({ roles = {}, people = {}, archived = false }: Overwrites = {}): ChannelAccess {
  return {
    id: 'channel',
    archived,
    byRole: new Map(Object.entries(roles)),
    byPerson: new Map(Object.entries(people)),
  };
}
