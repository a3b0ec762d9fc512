import type { ICEServer } from '@livekit/protocol';
import type { Clock } from '@parley/core';
import type { Participant, Room } from '@parley/sfu';
import type { RpcCalls } from './api/rpc-calls.js';
import type { DataPacketRelay } from './data-packet-relay.js';
import type { LastNotifications } from './last-notifications.js';
import type { LiveKitCounters } from './livekit-metrics.js';
import type { Negotiation } from './negotiation.js';
import type { ParticipantUpdates } from './participant-updates.js';
import type { SessionTransports } from './session-transports.js';
import type { SignalChannel } from './signal-channel.js';
import type { TokenRefresher } from './token-refresher.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Takes a line for the log. Fields never hold tokens or session descriptions. */
export type Log = (level: LogLevel, fields: Record<string, unknown>, message: string) => void;

/** What one session is made of, shared by those who act for it. */
export interface SessionContext {
  room: Room;
  participant: Participant;
  transports: SessionTransports;
  channel: SignalChannel;
  negotiation: Negotiation;
  updates: ParticipantUpdates;
  notifications: LastNotifications;
  data: DataPacketRelay;
  refresher: TokenRefresher;
  rpcCalls: Pick<RpcCalls, 'receive'>;
  clock: Clock;
  counters: LiveKitCounters;
  /** Parley's own. */
  version: string;
  /** What the client is told of ICE servers, made anew with every call. */
  iceServers: () => ICEServer[];
  /** Adds room and participant to every line. */
  log: Log;
}
