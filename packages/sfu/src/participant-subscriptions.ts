import type { VideoQuality, WantedVideo } from './layers/layer-quality.js';
import type { Publication } from './publication.js';
import { Subscription, type Subscriber } from './subscription.js';
import type { ParticipantPermissions } from './types.js';

export interface SubscriptionOptions {
  /** Whether every publication is wanted until said otherwise. */
  autoSubscribe: boolean;
  /** What it gets of a video before it has said what it shows. Default: the best. */
  defaultQuality?: VideoQuality;
}

/** Whose subscriptions they are, as far as they have to know. */
export interface SubscribingParticipant extends Subscriber {
  readonly permissions: Readonly<ParticipantPermissions>;
  /** What there is in its room. */
  readonly room: { publications(): Iterable<Publication> };
  subscriptionsChanged(): void;
  /** Whether the publisher of what is wanted lets it. */
  subscriptionPermissionChanged(publication: Publication, allowed: boolean): void;
}

/** What a client shows of a track: what is left out stays as it is. */
export interface TrackSettings {
  /** Whether it wants packets at all. */
  enabled?: boolean;
  wanted?: WantedVideo;
  /** Where bandwidth is short: 1 to 255, higher goes first; 0 leaves it to the kind of track. */
  priority?: number;
}

/** What one participant is subscribed to, kept in line with what it wants and what it may have. */
export class ParticipantSubscriptions {
  readonly #participant: SubscribingParticipant;
  readonly #autoSubscribe: boolean;
  readonly #defaultQuality: VideoQuality;
  readonly #subscriptions = new Map<string, Subscription>();
  /** Explicit wishes; what is not here follows `autoSubscribe`. Weak, as publications come and go without end. */
  readonly #wishes = new WeakMap<Publication, boolean>();
  /** What the client shows of them. */
  readonly #settings = new WeakMap<Publication, TrackSettings>();
  /** Publications that are wanted and not allowed. */
  readonly #denied = new WeakSet<Publication>();

  /** Made by `Participant`. */
  constructor(
    participant: SubscribingParticipant,
    { autoSubscribe, defaultQuality = 'high' }: SubscriptionOptions,
  ) {
    this.#participant = participant;
    this.#autoSubscribe = autoSubscribe;
    this.#defaultQuality = defaultQuality;
  }

  /** By track sid. */
  get byTrack(): ReadonlyMap<string, Subscription> {
    return this.#subscriptions;
  }

  setWish(publication: Publication, subscribed: boolean): void {
    this.#wishes.set(publication, subscribed);
  }

  /** Kept beyond the subscription's end. */
  setSettings(publication: Publication, settings: TrackSettings): void {
    const merged = { ...this.#settings.get(publication), ...settings };
    this.#settings.set(publication, merged);
    const subscription = this.#subscriptions.get(publication.sid);
    if (subscription) apply(subscription, merged);
  }

  /** Closes the difference between what the participant should receive and what it is subscribed to. */
  reconcile(): void {
    let changed = false;
    for (const [sid, subscription] of this.#subscriptions) {
      if (this.#wants(subscription.publication) && this.#isPermitted(subscription.publication)) continue;
      this.#subscriptions.delete(sid);
      subscription.close();
      changed = true;
    }
    for (const publication of this.#participant.room.publications()) {
      if (this.#subscriptions.has(publication.sid) || !this.#wants(publication)) continue;
      if (!this.#isPermitted(publication)) continue;
      const subscription = new Subscription(publication, this.#participant);
      const wanted = { quality: this.#defaultQuality, width: 0, height: 0 };
      apply(subscription, { wanted, ...this.#settings.get(publication) });
      this.#subscriptions.set(publication.sid, subscription);
      changed = true;
    }
    if (changed) this.#participant.subscriptionsChanged();
  }

  /** Its publication is closing. */
  drop(trackSid: string): void {
    const subscription = this.#subscriptions.get(trackSid);
    if (!subscription) return;
    this.#subscriptions.delete(trackSid);
    subscription.close();
    this.#participant.subscriptionsChanged();
  }

  close(): void {
    for (const subscription of this.#subscriptions.values()) subscription.close();
    this.#subscriptions.clear();
  }

  #wants(publication: Publication): boolean {
    return (
      !publication.closed &&
      publication.attached &&
      publication.participant.sid !== this.#participant.sid &&
      !publication.participant.permissions.hidden &&
      this.#participant.permissions.canSubscribe &&
      (this.#wishes.get(publication) ?? this.#autoSubscribe)
    );
  }

  /** Asks the publisher's rule, and tells the front when its answer has changed. */
  #isPermitted(publication: Publication): boolean {
    const isPermitted = publication.participant.permitsSubscription(this.#participant, publication);
    if (isPermitted === this.#denied.has(publication)) {
      if (isPermitted) this.#denied.delete(publication);
      else this.#denied.add(publication);
      this.#participant.subscriptionPermissionChanged(publication, isPermitted);
    }
    return isPermitted;
  }
}

function apply(subscription: Subscription, { enabled, wanted, priority }: TrackSettings): void {
  if (enabled !== undefined) subscription.setEnabled(enabled);
  if (wanted) subscription.setWanted(wanted);
  if (priority !== undefined) subscription.setPriority(priority);
}
