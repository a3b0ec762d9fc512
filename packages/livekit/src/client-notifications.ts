import {
  MuteTrackRequest,
  SubscriptionPermissionUpdate,
  TrackSubscribed,
  TrackUnpublishedResponse,
  type SignalResponse,
} from '@livekit/protocol';
import type {
  CloseReason,
  Participant,
  ParticipantObserver,
  Publication,
  QualityChange,
  SpeakerChange,
  StreamState,
  Subscription,
} from '@parley/sfu';
import { connectionQualityUpdate } from './connection-quality.js';
import type { SessionContext } from './session-context.js';
import { streamStateUpdate } from './stream-state.js';
import { subscribedQualityUpdate } from './video-quality.js';

export interface NotificationEvents {
  /** Something is to be sent that is collected until then. */
  onDue(): void;
  onClosed(reason: CloseReason): void;
}

/** Notifies one client of what happens in its room and to its own tracks. */
export class ClientNotifications implements ParticipantObserver {
  readonly #context: () => SessionContext;
  readonly #events: NotificationEvents;
  /** Own tracks that got their first subscriber while there was no WebSocket: clients act on it, so it is sent once. */
  readonly #missedSubscribed = new Set<string>();

  /** @param context Of the session, which has it once its participant is in the room; nothing happens before. */
  constructor(context: () => SessionContext, events: NotificationEvents) {
    this.#context = context;
    this.#events = events;
  }

  /** Sends over another WebSocket what may have been missed. */
  resend(): void {
    const { channel, notifications, participant, updates } = this.#context();
    updates.flushAll();
    for (const message of notifications.messages) channel.send(message);
    for (const trackSid of this.#missedSubscribed) this.#notifySubscribed(trackSid);
    this.#missedSubscribed.clear();
    for (const publication of participant.publications.values()) {
      if (publication.kind === 'video' && publication.attached) this.onQualityWanted(publication);
    }
  }

  onParticipantChanged(participant: Participant): void {
    this.#context().updates.participantChanged(participant);
    this.#events.onDue();
  }

  onSubscriptionsChanged(): void {
    this.#context().negotiation.subscriptionsChanged(this.#context().clock.now());
    this.#events.onDue();
  }

  onQualitiesChanged(changes: readonly QualityChange[]): void {
    for (const change of changes) {
      const value = connectionQualityUpdate([change]);
      this.#context().notifications.remember(`quality of ${change.participant.sid}`, {
        case: 'connectionQuality',
        value,
      });
    }
    this.#context().channel.send({ case: 'connectionQuality', value: connectionQualityUpdate(changes) });
  }

  onSpeakersChanged(changes: readonly SpeakerChange[]): void {
    this.#context().updates.speakersChanged(changes);
    this.#events.onDue();
  }

  onTrackSubscribed({ sid }: Publication): void {
    if (this.#context().channel.connection) this.#notifySubscribed(sid);
    else this.#missedSubscribed.add(sid);
  }

  onTrackMuted({ sid, muted }: Publication): void {
    this.#notify(`mute of ${sid}`, { case: 'mute', value: new MuteTrackRequest({ sid, muted }) });
  }

  onTrackUnpublished({ sid }: Publication): void {
    this.#context().channel.send({
      case: 'trackUnpublished',
      value: new TrackUnpublishedResponse({ trackSid: sid }),
    });
  }

  onQualityWanted(publication: Publication): void {
    this.#context().channel.send({
      case: 'subscribedQualityUpdate',
      value: subscribedQualityUpdate(publication),
    });
  }

  onSubscriptionPermissionChanged({ participant, sid }: Publication, allowed: boolean): void {
    this.#notify(`permission of ${sid}`, {
      case: 'subscriptionPermissionUpdate',
      value: new SubscriptionPermissionUpdate({ participantSid: participant.sid, trackSid: sid, allowed }),
    });
  }

  onStreamStateChanged({ publication }: Subscription, state: StreamState): void {
    const value = streamStateUpdate(publication, state);
    this.#notify(`state of ${publication.sid}`, { case: 'streamStateUpdate', value });
  }

  onRoomChanged(): void {
    this.#context().updates.roomChanged();
    this.#events.onDue();
  }

  onClosed(reason: CloseReason): void {
    this.#events.onClosed(reason);
  }

  #notifySubscribed(trackSid: string): void {
    const value = new TrackSubscribed({ trackSid });
    this.#context().channel.send({ case: 'trackSubscribed', value });
  }

  /** Notifies of a change that the client must not miss: after an interruption it is sent again. */
  #notify(matter: string, message: SignalResponse['message']): void {
    this.#context().notifications.remember(matter, message);
    this.#context().channel.send(message);
  }
}
