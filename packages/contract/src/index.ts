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
export { role, type Role } from './roles.js';
export { workspaceEventBody, type WorkspaceEventBody } from './events.js';
export { apiError, errorCodes, refusalText, type ApiErrorBody, type ErrorCode } from './errors.js';
export { guestToken, guestTokenRequest, type GuestToken, type GuestTokenRequest } from './guest-token.js';
export { NAME_LIMIT, roomKey } from './names.js';
export { problem, problemCodes, type Problem, type ProblemCode } from './problem.js';
export { MOST_PEOPLE_NAMED, roomPeople, roomPeopleRequest, type RoomPeople } from './room-people.js';
export { noInput, serverSettings, type ServerSettings } from './settings.js';
export { invite, invitePath, inviteRequest, newAccountRequest, type Invite } from './invites.js';
