export * from './accounts/index.js';
export { newId, type RandomBytes } from './ids.js';
export { loadCommunityAccess, loadSubject } from './communities/access-queries.js';
export {
  InviteError,
  InviteService,
  type Invite,
  type InviteServiceOptions,
  type InviteWish,
} from './invites/invite-service.js';
export * from './permissions/index.js';
export { firstSchema } from './schema/first-schema.js';
export type { WorkspaceTables } from './schema/tables.js';
