export * from './accounts/index.js';
export { newId, type RandomBytes } from './ids.js';
export { loadCommunityAccess, loadSubject } from './communities/access-queries.js';
export {
  InviteService,
  type Invite,
  type InviteServiceOptions,
  type InviteWish,
} from './invites/invite-service.js';
export * from './permissions/index.js';
export { migrations } from './schema/migrations.js';
export type { ChannelKind, WorkspaceTables } from './schema/tables.js';
export {
  mayChangePermissions,
  parseEvent,
  type Audience,
  type EventWriter,
  type WorkspaceEvent,
} from './events.js';
export { loadChannel, type FoundChannel } from './channels/channel-queries.js';
export { WorkspaceError, type WorkspaceErrorCode } from './workspace-error.js';
export { ChannelService } from './channels/channel-service.js';
export { OverwriteService } from './channels/overwrite-service.js';
export type { OverwriteTarget } from './channels/overwrite-queries.js';
export { CommunityService } from './communities/community-service.js';
export type { ServiceOptions } from './service-options.js';
export { ConversationService } from './conversations/conversation-service.js';
export { BanService } from './members/ban-service.js';
export { MemberService } from './members/member-service.js';
export { ProfileService } from './people/profile-service.js';
export { PresenceService, type PresenceServiceOptions } from './presence/presence-service.js';
export { MemoryConnectionBoard, type ConnectionBoard } from './presence/connection-board.js';
export { RelationService } from './relations/relation-service.js';
export { RoleGiving } from './roles/role-giving.js';
export { RoleService } from './roles/role-service.js';
export { StartService } from './start/start-service.js';
export { EventHub, type EventHubOptions, type EventListener } from './event-hub/event-hub.js';
export type { PositionedEvent } from './event-hub/event-history.js';
export { CallService, type CallSeat } from './calls/call-service.js';
export { VoiceRooms, type VoiceRoomPerson } from './calls/voice-rooms.js';
export { loadVoice, type VoicePlace } from './calls/voice-queries.js';
export type { CallGrant, CallSource } from './calls/call-grant.js';
export { CallNotes } from './calls/call-notes.js';
export { Callees } from './calls/callees.js';
export { isUnsettled, RING_MS, Ringing, type DirectCall, type EndedCall } from './calls/ringing.js';
export { VoiceModeration, type CallControl, type PersonInCall } from './calls/voice-moderation.js';
export { parseMentions, type WrittenMentions } from './messages/mentions.js';
export { messagingServices, type Messaging } from './messaging.js';
export { fileServices, type Files } from './files/files.js';
export { type FileOptions, type Inspected, type InspectFile } from './files/file-options.js';
export { type FileService, type OpenFile } from './files/file-service.js';
export { type UploadService } from './files/upload-service.js';
