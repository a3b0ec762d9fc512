import { ConnectionError, ConnectionErrorReason, DisconnectReason } from 'livekit-client';
import { ApiError } from '../lib/api.js';

/** Why a call is over, or never began, in words for people. */
export interface CallEnd {
  tone: 'calm' | 'problem';
  title: string;
  detail: string;
  canRejoin: boolean;
}

export const LEFT: CallEnd = {
  tone: 'calm',
  title: 'You left the call',
  detail: 'Others can still talk. You can come back whenever you like.',
  canRejoin: true,
};

/** Explains the server's or the connection's end of a call. */
export function describeDisconnect(reason: DisconnectReason | undefined): CallEnd {
  switch (reason) {
    case DisconnectReason.CLIENT_INITIATED:
      return LEFT;
    case DisconnectReason.DUPLICATE_IDENTITY:
      return {
        tone: 'calm',
        title: 'You joined from somewhere else',
        detail: 'This call goes on in another tab or window. Joining here moves it back.',
        canRejoin: true,
      };
    case DisconnectReason.PARTICIPANT_REMOVED:
      return {
        tone: 'problem',
        title: 'You were removed from the call',
        detail: 'Somebody who runs this room ended your part in it.',
        canRejoin: false,
      };
    case DisconnectReason.ROOM_DELETED:
    case DisconnectReason.ROOM_CLOSED:
      return {
        tone: 'calm',
        title: 'The call has ended',
        detail: 'The room was closed for everybody.',
        canRejoin: true,
      };
    case DisconnectReason.SERVER_SHUTDOWN:
      return {
        tone: 'problem',
        title: 'The server is restarting',
        detail: 'Calls come back in a moment. Wait a little, then join again.',
        canRejoin: true,
      };
    default:
      return {
        tone: 'problem',
        title: 'The connection was lost',
        detail: 'We tried to bring you back and could not. Check your network, then join again.',
        canRejoin: true,
      };
  }
}

/** Explains why joining failed. */
export function describeJoinError(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  if (error instanceof ConnectionError) {
    switch (error.reason) {
      case ConnectionErrorReason.NotAllowed:
        return 'The server did not let you in. Reload the page and try again.';
      case ConnectionErrorReason.ServerUnreachable:
      case ConnectionErrorReason.WebSocket:
      case ConnectionErrorReason.ServiceNotFound:
        return 'The server does not answer. Check your connection and try again.';
      case ConnectionErrorReason.Timeout:
        return 'The server took too long to answer. Try again in a moment.';
      default:
        break;
    }
  }
  return 'Joining did not work: your network may block calls. Try again, or try another network.';
}
