export type TrackKind = 'audio' | 'video';

export type TrackSource = 'unknown' | 'camera' | 'microphone' | 'screen_share' | 'screen_share_audio';

/** The two ways data packets travel: everything and in order, or newest first with losses. */
export type DataKind = 'reliable' | 'lossy';

/** Why a participant is no longer there. */
export type CloseReason =
  | 'client-initiated'
  | 'duplicate-identity'
  | 'server-shutdown'
  | 'participant-removed'
  | 'room-closed'
  | 'room-deleted'
  | 'state-mismatch'
  | 'join-failure'
  | 'signal-close'
  | 'connection-timeout'
  | 'media-failure';

/** Time from outside: `now` is monotonic, `wall` counts from 1970; both milliseconds. */
export interface Clock {
  now(): number;
  wall(): number;
}

/** What a participant may do; comes with its token. */
export interface ParticipantPermissions {
  canPublish: boolean;
  canSubscribe: boolean;
  canPublishData: boolean;
  canUpdateOwnMetadata: boolean;
  /** Empty: every source. */
  canPublishSources: readonly TrackSource[];
  /** Nobody is told of this participant. */
  hidden: boolean;
  recorder: boolean;
  agent: boolean;
}

/** What was counted since the start, over all rooms. */
export interface SfuCounters {
  /** Data packets that did not reach a participant: its channel was not there, or it read too slowly. */
  dataPacketsDropped: number;
}
