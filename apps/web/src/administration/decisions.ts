import type { Overwrite } from '@parley/contract';
import { channelsApi } from '../api/channels.js';

/** What an overwrite says of one permission; `leave`: nothing. */
export type Decision = 'allow' | 'leave' | 'deny';

type Target = Pick<Overwrite, 'role_id' | 'user_id'>;

export function decisionOf(overwrite: Overwrite | undefined, permission: string): Decision {
  if (overwrite?.allow.includes(permission) === true) return 'allow';
  return overwrite?.deny.includes(permission) === true ? 'deny' : 'leave';
}

/** What is said of all permissions, after one was decided. */
export function decided(
  now: Pick<Overwrite, 'allow' | 'deny'>,
  { permission, decision }: { permission: string; decision: Decision },
): Pick<Overwrite, 'allow' | 'deny'> {
  const without = (names: readonly string[]) => names.filter((name) => name !== permission);
  return {
    allow: decision === 'allow' ? [...without(now.allow), permission] : without(now.allow),
    deny: decision === 'deny' ? [...without(now.deny), permission] : without(now.deny),
  };
}

/** Decides one permission for a role or a person. */
export async function changedOverwrite(
  channelId: string,
  { role_id, user_id }: Target,
  now: Overwrite | undefined,
  change: { permission: string; decision: Decision },
): Promise<void> {
  const next = decided(now ?? { allow: [], deny: [] }, change);
  if (role_id !== null) await channelsApi.setForRole({ id: channelId, role_id, ...next });
  else if (user_id !== null) await channelsApi.setForPerson({ id: channelId, user_id, ...next });
}

/** Leaves everything to the category. */
export async function clearAll(channelId: string, overwrites: readonly Overwrite[]): Promise<void> {
  for (const { role_id, user_id } of overwrites) {
    if (role_id !== null) await channelsApi.clearForRole({ id: channelId, role_id });
    else if (user_id !== null) await channelsApi.clearForPerson({ id: channelId, user_id });
  }
}
