import type { ApiKey } from '@parley/access';
import {
  AccountService,
  BanService,
  CallService,
  ChannelService,
  CommunityService,
  ConversationService,
  InviteService,
  MemberService,
  OverwriteService,
  PasswordHasher,
  ProfileService,
  RelationService,
  RoleGiving,
  RoleService,
  SignInThrottle,
  StartService,
  VoiceModeration,
} from '@parley/workspace';
import type {
  CallControl,
  Files,
  Messaging,
  PresenceService,
  ServiceOptions,
  VoiceRooms,
  WorkspaceEvent,
} from '@parley/workspace';
import type { HttpModule } from '../http/http-module.js';
import { accountsModule } from '../http/v1/accounts-routes.js';
import { callsModule } from '../http/v1/calls-routes.js';
import { channelsModule } from '../http/v1/channels-routes.js';
import { communitiesModule } from '../http/v1/communities-routes.js';
import { conversationsModule } from '../http/v1/conversations-routes.js';
import { filesModule } from '../http/v1/files-routes.js';
import { invitesModule } from '../http/v1/invites-routes.js';
import { membersModule } from '../http/v1/members-routes.js';
import { messagingModules } from '../http/v1/messaging-modules.js';
import { peopleModule } from '../http/v1/people-routes.js';
import { presenceModule } from '../http/v1/presence-routes.js';
import { ringingModule } from '../http/v1/ringing-routes.js';
import type { Ringer } from '../http/v1/ringing-routes.js';
import { rolesModule } from '../http/v1/roles-routes.js';
import { startModule } from '../http/v1/start-routes.js';
import { voiceModule } from '../http/v1/voice-routes.js';
import { uploadsModule } from '../http/v1/uploads-routes.js';
import type { V1Options } from '../http/v1/v1-module.js';

export interface WorkspaceModulesOptions extends V1Options {
  services: ServiceOptions;
  messaging: Messaging;
  files: Files;
  /** Signs the tokens with which people join the calls of channels. */
  key: ApiKey;
  /** Asked of who sets the workspace up from another machine; undefined: of nobody. */
  setUpCode: string | undefined;
  /** Tells others what matters now alone. */
  announce: (event: WorkspaceEvent) => Promise<void>;
  /** Who is in the calls of channels. */
  voice: VoiceRooms;
  presence: PresenceService;
  /** Makes the media server do what moderators of calls decide. */
  control: CallControl;
  /** Calls people to calls of conversations. */
  ringer: Ringer;
}

/** All that a workspace answers over HTTP, with the services behind it. */
export function workspaceModules(options: WorkspaceModulesOptions): HttpModule[] {
  const {
    services,
    messaging,
    files,
    announce,
    voice,
    presence,
    control,
    ringer,
    sessions,
    key,
    setUpCode,
    onProblem,
  } = options;
  const common = { sessions, onProblem };
  const [hasher, throttle] = [new PasswordHasher(), new SignInThrottle()];
  const accounts = new AccountService({ ...services, sessions, hasher, throttle });
  const [channels, overwrites] = [new ChannelService(services), new OverwriteService(services)];
  const [members, bans] = [new MemberService(services), new BanService(services)];
  const [roles, giving] = [new RoleService(services), new RoleGiving(services)];
  const [profiles, relations] = [new ProfileService(services), new RelationService(services)];
  return [
    accountsModule({ accounts, setUpCode, ...common }),
    invitesModule({ invites: new InviteService({ ...services, sessions, hasher }), ...common }),
    startModule({ start: new StartService({ ...services, voice }), ...common }),
    communitiesModule({ communities: new CommunityService({ ...services, voice }), ...common }),
    channelsModule({ channels, overwrites, ...common }),
    callsModule({ calls: new CallService(services), ringer, key, now: services.now, ...common }),
    ringingModule({ ringer, ...common }),
    voiceModule({ moderation: new VoiceModeration({ ...services, voice, control }), ...common }),
    membersModule({ members, bans, ...common }),
    rolesModule({ roles, giving, ...common }),
    conversationsModule({ conversations: new ConversationService(services), ...common }),
    peopleModule({ profiles, relations, ...common }),
    presenceModule({ presence, ...common }),
    ...messagingModules(messaging, { ...common, onTyping: announce }),
    uploadsModule(files.uploads, common),
    filesModule(files.files, common),
  ];
}
