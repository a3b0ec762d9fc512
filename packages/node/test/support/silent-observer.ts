import type { ParticipantObserver } from '@parley/sfu';

const nothing = (): void => undefined;

/** Of a participant whose client is told nothing. */
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
