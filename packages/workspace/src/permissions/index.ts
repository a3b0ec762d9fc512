export {
  actionGroups,
  allActions,
  isAction,
  type Action,
  type ActionGroup,
  type ActionInfo,
  type ActionScope,
} from './actions.js';
export {
  canActOn,
  canAssignRole,
  canManageRole,
  mayChange,
  rankIn,
  type Deed,
  type RoleDeed,
} from './hierarchy.js';
export { MOST_ACTIONS, PermissionSet } from './permission-set.js';
export {
  administersInstance,
  can,
  permissionsIn,
  WHILE_ARCHIVED,
  WHILE_TIMED_OUT,
} from './permissions-in.js';
export {
  INSTANCE,
  type ChannelAccess,
  type ChannelPlace,
  type CommunityAccess,
  type CommunityPlace,
  type DirectPlace,
  type InstancePlace,
  type Overwrite,
  type Place,
} from './place.js';
export { refusalOf, type Refusal } from './refusal.js';
export { defaultInstanceRoles, defaultRoles, type InstanceRole, type Role } from './roles.js';
export type { Membership, Subject } from './subject.js';
