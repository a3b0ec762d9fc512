import type {
  CloseReason,
  Participant,
  ParticipantObserver,
  Publication,
  QualityChange,
  Room,
  SpeakerChange,
  StreamState,
  Subscription,
} from '@parley/sfu';
import type { DataChannel, TransportState } from '@parley/transport';

/** Passes calls on to a session that can only be made once its participant, who needs an observer first, is there. */
export class DeferredObserver implements ParticipantObserver {
  session: ParticipantObserver | undefined;

  onParticipantChanged(participant: Participant): void {
    this.session?.onParticipantChanged(participant);
  }

  onSubscriptionsChanged(): void {
    this.session?.onSubscriptionsChanged();
  }

  onQualitiesChanged(changes: readonly QualityChange[]): void {
    this.session?.onQualitiesChanged(changes);
  }

  onSpeakersChanged(changes: readonly SpeakerChange[]): void {
    this.session?.onSpeakersChanged(changes);
  }

  onTrackSubscribed(publication: Publication): void {
    this.session?.onTrackSubscribed(publication);
  }

  onTrackMuted(publication: Publication): void {
    this.session?.onTrackMuted(publication);
  }

  onTrackUnpublished(publication: Publication): void {
    this.session?.onTrackUnpublished(publication);
  }

  onQualityWanted(publication: Publication): void {
    this.session?.onQualityWanted(publication);
  }

  onSubscriptionPermissionChanged(publication: Publication, allowed: boolean): void {
    this.session?.onSubscriptionPermissionChanged(publication, allowed);
  }

  onStreamStateChanged(subscription: Subscription, state: StreamState): void {
    this.session?.onStreamStateChanged(subscription, state);
  }

  onRoomChanged(room: Room): void {
    this.session?.onRoomChanged(room);
  }

  onTransportStateChange(state: TransportState): void {
    this.session?.onTransportStateChange(state);
  }

  onDataChannel(channel: DataChannel): void {
    this.session?.onDataChannel(channel);
  }

  onMessage(channel: DataChannel, payload: Uint8Array, binary: boolean): void {
    this.session?.onMessage(channel, payload, binary);
  }

  onClosed(reason: CloseReason): void {
    this.session?.onClosed(reason);
  }
}
