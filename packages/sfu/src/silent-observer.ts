import type { ParticipantObserver } from './participant.js';

const nothing = (): void => undefined;

/** For fronts whose participants have nothing to be told, or little: what matters to one is put in its place. */
export const silentObserver: ParticipantObserver = {
  onParticipantChanged: nothing,
  onSubscriptionsChanged: nothing,
  onQualitiesChanged: nothing,
  onSpeakersChanged: nothing,
  onTrackSubscribed: nothing,
  onTrackMuted: nothing,
  onTrackUnpublished: nothing,
  onQualityWanted: nothing,
  onSubscriptionPermissionChanged: nothing,
  onStreamStateChanged: nothing,
  onRoomChanged: nothing,
  onClosed: nothing,
};
