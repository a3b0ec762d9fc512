export {
  ownAccount,
  ownSessions,
  passwordChange,
  sessionPath,
  setUpRequest,
  setUpState,
  signInRequest,
  type OwnAccount,
  type OwnSessions,
  type SetUpState,
} from './accounts.js';
export {
  channel,
  channelChange,
  channelFacts,
  channelMove,
  channelPath,
  newChannel,
  type Channel,
  type ChannelChange,
  type ChannelFacts,
  type ChannelMove,
  type NewChannel,
} from './channels.js';
export {
  community,
  communityChange,
  communityFacts,
  communityPath,
  communitySummary,
  newCommunity,
  newOwner,
  ownCommunities,
  type Community,
  type CommunityChange,
  type CommunityFacts,
  type CommunitySummary,
  type NewCommunity,
} from './communities.js';
export {
  overwrite,
  overwrites,
  personOverwrite,
  personOverwritePath,
  roleOverwrite,
  roleOverwritePath,
  type Overwrite,
  type Overwrites,
} from './overwrites.js';
export {
  memberRolePath,
  newRole,
  role,
  roleChange,
  roleMove,
  rolePath,
  type NewRole,
  type Role,
  type RoleChange,
  type RoleMove,
} from './roles.js';
export {
  banPage,
  banPath,
  banQuery,
  member,
  memberChange,
  memberPage,
  memberPath,
  memberQuery,
  memberTimeout,
  newBan,
  type BanPage,
  type BanQuery,
  type Member,
  type MemberChange,
  type MemberPage,
  type MemberQuery,
  type MemberTimeout,
  type NewBan,
} from './members.js';
export {
  conversation,
  conversationChange,
  conversationFacts,
  conversationMemberPath,
  conversationPath,
  directRequest,
  groupRequest,
  ownConversations,
  type Conversation,
  type ConversationChange,
  type ConversationFacts,
  type GroupRequest,
} from './conversations.js';
export {
  foundPeople,
  peopleQuery,
  person,
  personPath,
  profile,
  profileChange,
  seenPerson,
  type Person,
  type Profile,
  type ProfileChange,
  type SeenPerson,
  type Status,
} from './people.js';
export { type Relation } from './relation.js';
export {
  friendRequest,
  relationPath,
  relations,
  relationTo,
  type Relations,
  type RelationTo,
} from './relations.js';
export { start, type Start } from './start.js';
export { workspaceEventBody, type WorkspaceEventBody } from './events.js';
export { apiError, errorCodes, refusalText, type ApiErrorBody, type ErrorCode } from './errors.js';
export { guestToken, guestTokenRequest, type GuestToken, type GuestTokenRequest } from './guest-token.js';
export { NAME_LIMIT, roomKey } from './names.js';
export { problem, problemCodes, type Problem, type ProblemCode } from './problem.js';
export { MOST_PEOPLE_NAMED, roomPeople, roomPeopleRequest, type RoomPeople } from './room-people.js';
export { noInput, serverSettings, type ServerSettings } from './settings.js';
export {
  communityInvites,
  invite,
  invitePath,
  inviteRequest,
  newAccountRequest,
  type CommunityInvites,
  type Invite,
} from './invites.js';
export { isPlainText, plainText } from './visible-text.js';
export { activityFrame, eventFrame, SESSION_ENDED, TOO_SLOW, type EventFrame } from './event-frames.js';
export { callPath, callSeat, channelOfRoom, channelRoom, isAccount, type CallSeat } from './calls.js';
export * from './composing.js';
export * from './attachments.js';
export * from './messages.js';
export * from './emoji-spelling.js';
export * from './reactions.js';
export * from './reading.js';
export * from './presence.js';
export * from './search.js';
export * from './notifications.js';
export * from './notify.js';
export { wordsOf, type Word } from './words.js';
export * from './voice.js';
export { MESSAGE_LENGTH } from './message-text.js';
export { PAGE_LIMIT } from './paging.js';
