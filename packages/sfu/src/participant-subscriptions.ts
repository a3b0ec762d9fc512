import type { Participant } from './participant.js';
import type { Publication } from './publication.js';
import { Subscription } from './subscription.js';

/** What one participant is subscribed to, kept in line with what it wants and what it may have. */
export class ParticipantSubscriptions {
  readonly #participant: Participant;
  readonly #autoSubscribe: boolean;
  readonly #subscriptions = new Map<string, Subscription>();
  /** Explicit wishes; what is not here follows `autoSubscribe`. Weak, as publications come and go without end. */
  readonly #wishes = new WeakMap<Publication, boolean>();
  /** Publications that are wanted and not allowed. */
  readonly #denied = new WeakSet<Publication>();

  /** Made by `Participant`. */
  constructor(participant: Participant, autoSubscribe: boolean) {
    this.#participant = participant;
    this.#autoSubscribe = autoSubscribe;
  }

  /** By track sid. */
  get byTrack(): ReadonlyMap<string, Subscription> {
    return this.#subscriptions;
  }

  setWish(publication: Publication, subscribed: boolean): void {
    this.#wishes.set(publication, subscribed);
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
      this.#subscriptions.set(publication.sid, new Subscription(publication, this.#participant));
      changed = true;
    }
    if (changed) this.#participant.observer.onSubscriptionsChanged();
  }

  /** Its publication is closing. */
  drop(trackSid: string): void {
    const subscription = this.#subscriptions.get(trackSid);
    if (!subscription) return;
    this.#subscriptions.delete(trackSid);
    subscription.close();
    this.#participant.observer.onSubscriptionsChanged();
  }

  close(): void {
    for (const subscription of this.#subscriptions.values()) subscription.close();
    this.#subscriptions.clear();
  }

  #wants(publication: Publication): boolean {
    return (
      !publication.closed &&
      publication.attached &&
      publication.participant !== this.#participant &&
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
      this.#participant.observer.onSubscriptionPermissionChanged(publication, isPermitted);
    }
    return isPermitted;
  }
}
