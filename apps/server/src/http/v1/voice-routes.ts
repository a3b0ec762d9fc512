import { noInput, personInCallPath, voiceMove } from '@parley/contract';
import type { PersonInCall, VoiceModeration } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { CHANGES } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options } from './v1-module.js';

export interface VoiceModuleOptions extends V1Options {
  moderation: VoiceModeration;
}

const DONE = { output: noInput, status: 204, perMinute: CHANGES } as const;
const PERSON = '/api/v1/channels/:id/call/people/:user_id';

interface Restriction {
  method: 'PUT' | 'DELETE';
  what: 'mute' | 'deafen';
  summary: string;
  restrict: (moderation: VoiceModeration, by: string, person: PersonInCall) => Promise<void>;
}

const RESTRICTIONS: readonly Restriction[] = [
  {
    ...{ method: 'PUT', what: 'mute', summary: 'Mute somebody in calls.' },
    restrict: (moderation, by, person) => moderation.setMuted(by, person, true),
  },
  {
    ...{ method: 'DELETE', what: 'mute', summary: 'Let somebody speak in calls again.' },
    restrict: (moderation, by, person) => moderation.setMuted(by, person, false),
  },
  {
    ...{ method: 'PUT', what: 'deafen', summary: 'Keep somebody from hearing calls.' },
    restrict: (moderation, by, person) => moderation.setDeafened(by, person, true),
  },
  {
    ...{ method: 'DELETE', what: 'deafen', summary: 'Let somebody hear calls again.' },
    restrict: (moderation, by, person) => moderation.setDeafened(by, person, false),
  },
];

/** What moderators do in calls. */
export function voiceModule({ moderation, sessions, onProblem }: VoiceModuleOptions): HttpModule {
  const restricting = RESTRICTIONS.map(({ method, what, summary, restrict }) =>
    accountRoute({
      ...{ summary, method, path: `${PERSON}/${what}`, input: personInCallPath, ...DONE },
      handle: async ({ id: channelId, user_id: userId }, { account }) => {
        await restrict(moderation, account.userId, { channelId, userId });
        return {};
      },
    }),
  );
  return v1Module('voice', { sessions, onProblem }, [
    ...restricting,
    accountRoute({
      summary: 'Take somebody out of a call.',
      ...{ method: 'DELETE', path: PERSON, input: personInCallPath, ...DONE },
      handle: async ({ id: channelId, user_id: userId }, { account }) => {
        await moderation.disconnect(account.userId, { channelId, userId });
        return {};
      },
    }),
    accountRoute({
      summary: 'Move somebody in a call to another voice channel.',
      ...{ method: 'POST', path: `${PERSON}/move`, input: voiceMove, ...DONE },
      handle: async ({ id: channelId, user_id: userId, to }, { account }) => {
        await moderation.move(account.userId, { channelId, userId }, to);
        return {};
      },
    }),
  ]);
}
