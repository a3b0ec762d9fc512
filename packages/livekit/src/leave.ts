import { DisconnectReason, LeaveRequest, LeaveRequest_Action } from '@livekit/protocol';
import type { CloseReason, Participant } from '@parley/sfu';
import { disconnectReason } from './disconnect-reason.js';
import { ParticipantDetails } from './participant-info.js';

/** Ends that are nobody's wish: the client should come back with a new session, as it finds another server or a better path. */
const RECONNECT: ReadonlySet<CloseReason> = new Set([
  'server-shutdown',
  'state-mismatch',
  'connection-timeout',
  'media-failure',
]);

/** From this version of the signalling on, clients look at what they are asked to do; older ones would leave for good. */
const FIRST_WITH_ACTIONS = 13;

/** The last message of a session: why it ends, and whether the client should start another. */
export function leaveRequest(reason: CloseReason): LeaveRequest {
  const reconnect = RECONNECT.has(reason);
  return new LeaveRequest({
    reason: disconnectReason(reason),
    action: reconnect ? LeaveRequest_Action.RECONNECT : LeaveRequest_Action.DISCONNECT,
    canReconnect: reconnect,
  });
}

/**
 * Asks a client to keep its session, and to come back to it over a new WebSocket and another path. Undefined for a client
 * that would not understand it.
 */
export function resumeRequest({ appData }: Participant): LeaveRequest | undefined {
  if (!(appData instanceof ParticipantDetails) || appData.protocol < FIRST_WITH_ACTIONS) return undefined;
  return new LeaveRequest({
    reason: DisconnectReason.CONNECTION_TIMEOUT,
    action: LeaveRequest_Action.RESUME,
    canReconnect: true,
  });
}
