import type { PermissionSet } from './permission-set.js';

/** Who asks: an account with what is known of it everywhere. Made once, asked for every place. */
export interface Subject {
  userId: string;
  /** Owns the instance: may do everything that anybody may, and nobody is above them. */
  ownsInstance: boolean;
  /** Locked out of the instance, or deleted. */
  banned: boolean;
  /** What the account's instance roles allow together, and what every account may. */
  instancePermissions: PermissionSet;
  /** By the community's id. Who was kicked or banned has none. */
  memberships: ReadonlyMap<string, Membership>;
}

export interface Membership {
  /** Without @everyone, which every member has. Ids of roles that are gone have no effect. */
  roleIds: readonly string[];
  /** Milliseconds since 1970 until which the member may only read; null for none. */
  timedOutUntil: number | null;
}
