import type { GuestTokens } from '@parley/access';
import {
  guestToken,
  guestTokenRequest,
  MOST_PEOPLE_NAMED,
  roomPeople,
  roomPeopleRequest,
} from '@parley/contract';
import type { MediaFront } from '../media/media-front.js';
import { HttpError } from './http-error.js';
import { apiRoute } from './http-module.js';
import type { HttpModule } from './http-module.js';

export interface GuestRoutesOptions {
  allowed: boolean;
  tokens: GuestTokens;
  /** Knows who is in a room. */
  media: Pick<MediaFront, 'people'>;
  /** Tokens, and questions who is in a room, for one address in a minute. */
  tokensPerMinute: number;
  questionsPerMinute: number;
}

const NOT_KNOWN = 'Who is in the room is not known right now: try again in a moment.';
const NOT_ALLOWED =
  'Guests may not join here. Whoever runs this server can allow it: set guests to "on" (PARLEY_GUESTS=on).';

/** What guests ask: a name and a room in, a token out; and who is in a room that they may join. */
export function guestModule(options: GuestRoutesOptions): HttpModule {
  const { allowed, tokens, media, tokensPerMinute, questionsPerMinute } = options;
  const check = (): void => {
    if (!allowed) throw new HttpError(403, 'guests_not_allowed', NOT_ALLOWED);
  };
  return {
    name: 'guests',
    asks: 'nobody',
    routes: [
      apiRoute({
        method: 'POST',
        path: '/api/guest-token',
        input: guestTokenRequest,
        output: guestToken,
        perMinute: tokensPerMinute,
        handle: (wish) => {
          check();
          return tokens.issue(wish);
        },
      }),
      apiRoute({
        method: 'GET',
        path: '/api/rooms/:room/people',
        input: roomPeopleRequest,
        output: roomPeople,
        perMinute: questionsPerMinute,
        handle: async ({ room }) => {
          check();
          const people = await media.people(room, MOST_PEOPLE_NAMED);
          if (people === undefined) throw new HttpError(503, 'media_unavailable', NOT_KNOWN);
          return people;
        },
      }),
    ],
  };
}
