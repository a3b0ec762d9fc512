import type { PermissionSet } from './permission-set.js';
import type { Role } from './roles.js';

/** Where something is to be done. */
export type Place = InstancePlace | CommunityPlace | ChannelPlace | DirectPlace;

export interface InstancePlace {
  kind: 'instance';
}

export interface CommunityPlace {
  kind: 'community';
  community: CommunityAccess;
}

export interface ChannelPlace {
  kind: 'channel';
  community: CommunityAccess;
  channel: ChannelAccess;
}

/** A conversation outside of communities. */
export interface DirectPlace {
  kind: 'direct';
  memberIds: ReadonlySet<string>;
  /** Whether it may have more than two people, a name, and members who come and go. */
  group: boolean;
  /** Of a conversation of two: whether one of them has blocked the other. */
  blocked: boolean;
}

/** What of a community decides who may do what. */
export interface CommunityAccess {
  id: string;
  ownerId: string;
  /** Id of the role that every member has. */
  everyoneId: string;
  /** By id, @everyone among them. */
  roles: ReadonlyMap<string, Role>;
}

/** What of a channel decides who may do what in it. */
export interface ChannelAccess {
  id: string;
  /** Nobody writes, reacts or speaks in it any more. */
  archived: boolean;
  /** Of the channel, or of its category where it has none of its own. By role id; @everyone's stands among them. */
  byRole: ReadonlyMap<string, Overwrite>;
  byPerson: ReadonlyMap<string, Overwrite>;
}

/** What is decided otherwise for one channel; what stands in neither set stays as it is. */
export interface Overwrite {
  /** Wins over `deny` of the same overwrite. */
  allow: PermissionSet;
  deny: PermissionSet;
}

export const INSTANCE: InstancePlace = { kind: 'instance' };
