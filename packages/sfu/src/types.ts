export type TrackKind = 'audio' | 'video';

export type TrackSource = 'unknown' | 'camera' | 'microphone' | 'screen_share' | 'screen_share_audio';

/** The two ways data packets travel: everything and in order, or newest first with losses. */
export type DataKind = 'reliable' | 'lossy';

/** `joining`: not told to the others yet; `active`: media can flow. */
export type ParticipantState = 'joining' | 'joined' | 'active' | 'disconnected';

/** Whether a subscribed track is sent, or held back as the subscriber's link does not carry it. */
export type StreamState = 'active' | 'paused';

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

/** What a participant is: somebody at a client or a telephone (`sip`), or a program that is there for others. */
export type ParticipantKind = 'standard' | 'ingress' | 'egress' | 'sip' | 'agent' | 'connector' | 'bridge';

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
}
