import { DisconnectReason } from '@livekit/protocol';
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

/** Why somebody left, as clients and webhooks are told it. */
export function disconnectReason(reason: CloseReason | undefined): DisconnectReason {
  return reason === undefined ? DisconnectReason.UNKNOWN_REASON : DISCONNECT_REASONS[reason];
}
