import type { Clock, CloseReason, Participant, Publication, Room, SfuObserver } from '@parley/sfu';
import { WebhookEvents, type Webhook } from './webhooks/webhook-events.js';

export interface ServiceEventsOptions {
  clock: Clock;
  onWebhook?: (webhook: Webhook) => void;
  onRoomStarted?: (room: string) => void;
  onRoomFinished?: (room: string) => void;
}

/** Tells those outside what happens in the rooms: the webhooks' receivers all of it, whoever keeps track of rooms just those. */
export class ServiceEvents implements SfuObserver {
  readonly #options: ServiceEventsOptions;
  readonly #webhooks: WebhookEvents | undefined;

  constructor(options: ServiceEventsOptions) {
    this.#options = options;
    this.#webhooks = options.onWebhook && new WebhookEvents(options.clock, options.onWebhook);
  }

  onRoomStarted(room: Room): void {
    this.#options.onRoomStarted?.(room.name);
    this.#webhooks?.onRoomStarted(room);
  }

  /** The webhook goes first: once the room is known to have ended, another one of its name may begin elsewhere. */
  onRoomFinished(room: Room, reason: CloseReason): void {
    this.#webhooks?.onRoomFinished(room, reason);
    this.#options.onRoomFinished?.(room.name);
  }

  onParticipantActive(participant: Participant): void {
    this.#webhooks?.onParticipantActive(participant);
  }

  onParticipantLeft(participant: Participant): void {
    this.#webhooks?.onParticipantLeft(participant);
  }

  onPublicationStarted(publication: Publication): void {
    this.#webhooks?.onPublicationStarted(publication);
  }

  onPublicationEnded(publication: Publication): void {
    this.#webhooks?.onPublicationEnded(publication);
  }
}
