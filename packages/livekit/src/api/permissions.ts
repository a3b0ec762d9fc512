import type { AccessGrants } from '@parley/access';
import { TwirpError } from './twirp-error.js';

/** For anything at all: who has none of the grants is refused before the request is read. @throws TwirpError */
export function requireSome({ video }: AccessGrants): void {
  const { roomAdmin, roomCreate, roomList } = video;
  requireGrant('roomAdmin, roomCreate and roomList', [roomAdmin, roomCreate, roomList].includes(true));
}

/** For making and deleting rooms. @throws TwirpError */
export function requireCreate({ video }: AccessGrants): void {
  requireGrant('roomCreate', video.roomCreate === true);
}

/** @throws TwirpError */
export function requireList({ video }: AccessGrants): void {
  requireGrant('roomList', video.roomList === true);
}

/** For everything within one room. @throws TwirpError */
export function requireAdmin({ video }: AccessGrants, room: string): void {
  requireGrant(`roomAdmin for the room "${room}"`, video.roomAdmin === true && video.room === room);
}

/** For what goes from one room to another. @throws TwirpError */
export function requireDestination(grants: AccessGrants, room: string, destination: string): void {
  requireAdmin(grants, room);
  requireGrant(`destinationRoom "${destination}"`, grants.video.destinationRoom === destination);
}

/** LiveKit answers 401, not 403, to a token that is good but not good enough. */
function requireGrant(grant: string, granted: boolean): void {
  if (!granted) throw new TwirpError('unauthenticated', `permissions denied: the token lacks ${grant}`);
}
