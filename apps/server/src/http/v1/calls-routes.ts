import { createRoomToken } from '@parley/access';
import type { ApiKey } from '@parley/access';
import { callPath, callSeat } from '@parley/contract';
import type { CallService } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { CHANGES } from './rates.js';
import type { Ringer } from './ringing-routes.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options } from './v1-module.js';

export interface CallsModuleOptions extends V1Options {
  calls: CallService;
  /** Calls the others of a conversation. */
  ringer: Ringer;
  /** Signs the tokens. */
  key: ApiKey;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Joining the calls of channels. */
export function callsModule({
  calls,
  ringer,
  sessions,
  key,
  now,
  onProblem,
}: CallsModuleOptions): HttpModule {
  return v1Module('calls', { sessions, onProblem }, [
    accountRoute({
      summary:
        "Get a token with which LiveKit's clients join the call of a voice channel, or that of a conversation, to which the others are called.",
      ...{ method: 'POST', path: '/api/v1/channels/:id/call', input: callPath, output: callSeat },
      ...{ status: 201, perMinute: CHANGES },
      handle: async ({ id }, { account }) => {
        const { room, identity, name, sources, listens, calledIds } = await calls.join(account.userId, id);
        const seat = { room, identity, name, sources, listens, session: account.sessionId };
        const token = await createRoomToken(key, { ...seat, now: now() });
        if (calledIds.length > 0) await ringer.joining(id, { id: identity, name }, calledIds);
        return { room, identity, name, token };
      },
    }),
  ]);
}
