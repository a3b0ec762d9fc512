import { DisconnectReason, LeaveRequest, LeaveRequest_Action } from '@livekit/protocol';
import type { CloseReason } from '@parley/sfu';

const DISCONNECT_REASONS: Readonly<Record<CloseReason, DisconnectReason>> = {
  'client-initiated': DisconnectReason.CLIENT_INITIATED,
  'duplicate-identity': DisconnectReason.DUPLICATE_IDENTITY,
  'server-shutdown': DisconnectReason.SERVER_SHUTDOWN,
  'participant-removed': DisconnectReason.PARTICIPANT_REMOVED,
  'room-closed': DisconnectReason.ROOM_CLOSED,
  'room-deleted': DisconnectReason.ROOM_DELETED,
  'state-mismatch': DisconnectReason.STATE_MISMATCH,
  'join-failure': DisconnectReason.JOIN_FAILURE,
  'signal-close': DisconnectReason.SIGNAL_CLOSE,
  'connection-timeout': DisconnectReason.CONNECTION_TIMEOUT,
  'media-failure': DisconnectReason.MEDIA_FAILURE,
};

/** Ends that are nobody's wish: the client should come back with a new session, as it finds another server or a better path. */
const RECONNECT: ReadonlySet<CloseReason> = new Set([
  'server-shutdown',
  'state-mismatch',
  'connection-timeout',
  'media-failure',
]);

export function disconnectReason(reason: CloseReason | undefined): DisconnectReason {
  return reason === undefined ? DisconnectReason.UNKNOWN_REASON : DISCONNECT_REASONS[reason];
}

/** The last message of a session: why it ends, and whether the client should start another. */
export function leaveRequest(reason: CloseReason): LeaveRequest {
  const reconnect = RECONNECT.has(reason);
  return new LeaveRequest({
    reason: disconnectReason(reason),
    action: reconnect ? LeaveRequest_Action.RECONNECT : LeaveRequest_Action.DISCONNECT,
    canReconnect: reconnect,
  });
}
