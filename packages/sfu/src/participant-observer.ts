import type { DataChannel, TransportState } from '@parley/transport';
import type { ConnectionQuality } from './connection-quality.js';
import type { Participant } from './participant.js';
import type { Publication } from './publication.js';
import type { Room } from './room.js';
import type { Subscription } from './subscription.js';
import type { CloseReason } from './types.js';

/** A change of somebody's loudness. */
export interface SpeakerChange {
  participant: Participant;
  /** 0 to 1, in steps of an eighth. */
  level: number;
  active: boolean;
}

/** Whether a subscribed track is sent, or held back as the subscriber's link does not carry it. */
export type StreamState = 'active' | 'paused';

/** How well media gets through to and from somebody. */
export interface QualityChange {
  participant: Participant;
  quality: ConnectionQuality;
  /** Mean opinion score, 1 to 4.5. */
  score: number;
}

/**
 * The front of one participant: what speaks its client's signalling. Calls come synchronously, out of whatever caused
 * them; what would re-enter is to be marked and done later.
 */
export interface ParticipantObserver {
  /**
   * Somebody (also the own participant) joined, changed, or left (state `disconnected`). Of another one who is hidden only
   * that it is so from now on.
   */
  onParticipantChanged(participant: Participant): void;
  /** `subscriptions` changed: some want a sender, some are gone, with their senders closed. */
  onSubscriptionsChanged(): void;
  /** Of the own participant among others; all of them at first, then those that changed. */
  onQualitiesChanged(changes: readonly QualityChange[]): void;
  onSpeakersChanged(changes: readonly SpeakerChange[]): void;
  /** The first subscriber of an own publication. */
  onTrackSubscribed(publication: Publication): void;
  /** The server muted or unmuted an own publication; the client is to do the same. */
  onTrackMuted(publication: Publication): void;
  /** The server ended an own publication. */
  onTrackUnpublished(publication: Publication): void;
  /** What subscribers want of an own publication changed: `wantedQuality`. */
  onQualityWanted(publication: Publication): void;
  /** The publisher withdrew or gave back the permission to subscribe to a publication that is wanted here. */
  onSubscriptionPermissionChanged(publication: Publication, allowed: boolean): void;
  /** A track that the own participant is subscribed to is held back for want of bandwidth, or sent again. */
  onStreamStateChanged(subscription: Subscription, state: StreamState): void;
  onRoomChanged(room: Room): void;
  onTransportStateChange(state: TransportState): void;
  /** A channel is open; the front knows what its label means. */
  onDataChannel(channel: DataChannel): void;
  onMessage(channel: DataChannel, payload: Uint8Array, binary: boolean): void;
  /** The server side closed this participant; not called when the front did. */
  onClosed(reason: CloseReason): void;
}
