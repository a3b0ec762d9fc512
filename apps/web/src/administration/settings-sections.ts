import type { Community } from '@parley/contract';

export const SECTIONS = ['overview', 'roles', 'members', 'invites', 'bans', 'ownership'] as const;

export type SettingsSection = (typeof SECTIONS)[number];

/** Of each section, what lets one do something there: any of these. */
const NEEDS: Record<SettingsSection, readonly string[]> = {
  overview: ['manage_community'],
  roles: ['manage_roles'],
  members: ['view_members'],
  invites: ['create_invites', 'manage_invites'],
  bans: ['view_bans'],
  ownership: ['delete_community'],
};

/** The settings that somebody has something to do in. */
export function sectionsFor(
  { permissions, owner_id }: Pick<Community, 'permissions' | 'owner_id'>,
  me: string,
): SettingsSection[] {
  return SECTIONS.filter(
    (section) =>
      (section === 'ownership' && owner_id === me) ||
      NEEDS[section].some((permission) => permissions.includes(permission)),
  );
}
