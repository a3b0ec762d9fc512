import type { MediaSection } from '@parley/rtp';
import type { Participant, Subscription, TrackKind } from '@parley/sfu';
import type { WebRtcTransport } from '@parley/transport';
import { senderParameters } from './answer.js';

/** What the client must offer for its subscriptions to be served: further receiving sections; both 0 is just an offer. */
export interface SectionsRequirement {
  numAudios: number;
  numVideos: number;
}

/** A media section in which the client only receives. */
interface ReceivingSection {
  kind: TrackKind;
  /** Undefined: free. */
  subscription: Subscription | undefined;
}

/** A description has 512 sections at most, some of them for what the client sends. */
const MAX_SECTIONS_PER_KIND = 200;
/** Milliseconds before asking again after an offer that changed nothing, at first and at most. */
const FIRST_RETRY = 500;
const MAX_RETRY = 30_000;

/**
 * The sections in which one client receives, kept in line with its subscriptions.
 *
 * Only the client offers. So there are two moments: `requirement` tells what offer is needed to come closer to what is
 * wanted, and `negotiate` assigns the sections of an offer. A section whose subscription ended is answered as inactive
 * once before it serves another: browsers report a new track only where media starts anew.
 */
export class MediaSections {
  readonly #participant: Participant;
  readonly #transport: WebRtcTransport;
  /** By mid. */
  readonly #sections = new Map<string, ReceivingSection>();
  /** Subscriptions that no section of this client has a codec for. */
  readonly #unsupported = new WeakSet<Subscription>();
  /** Sections asked for that have not been offered yet. */
  #outstanding: Record<TrackKind, number> = { audio: 0, video: 0 };
  /** Something happened since `requirement` found nothing to ask for. */
  #changed = false;
  #offerRequested = false;
  #retry = 0;
  #notBefore = 0;

  constructor(participant: Participant, transport: WebRtcTransport) {
    this.#participant = participant;
    this.#transport = transport;
  }

  /** The participant's subscriptions changed. */
  subscriptionsChanged(): void {
    this.#changed = true;
  }

  /** The client may have missed what it was asked for. */
  restart(): void {
    this.#changed = true;
    this.#offerRequested = false;
    this.#outstanding = { audio: 0, video: 0 };
  }

  /** When a client may be asked again whose last offer changed nothing; Infinity where it need not wait. */
  get deadline(): number {
    const isWaiting = this.#changed && !this.#offerRequested && this.#notBefore > 0;
    return isWaiting ? this.#notBefore : Infinity;
  }

  /** What a section serves, to be answered with its sender. */
  subscription(mid: string): Subscription | undefined {
    return this.#sections.get(mid)?.subscription;
  }

  /**
   * Assigns the receiving sections of an offer.
   *
   * @returns Subscriptions that turned out to have no codec in common with this client.
   */
  negotiate(sections: readonly MediaSection[], now: number): Subscription[] {
    const receiving = sections.filter((section) => !section.rejected && section.direction === 'recvonly');
    this.#forgetMissing(new Set(receiving.map(({ mid }) => mid)));
    const free = new Set<MediaSection>();
    let progress = false;
    for (const section of receiving) {
      const known = this.#sections.get(section.mid) ?? this.#add(section);
      if (known.subscription?.closed === true) {
        known.subscription = undefined;
        progress = true;
      } else if (!known.subscription) {
        free.add(section);
      }
    }
    const unsupported: Subscription[] = [];
    for (const subscription of this.#wanted()) {
      const candidates = [...free].filter(({ kind }) => kind === subscription.publication.kind);
      const section = candidates.find((candidate) => this.#assign(candidate, subscription));
      if (section) {
        free.delete(section);
        progress = true;
      } else if (candidates.length > 0) {
        this.#unsupported.add(subscription);
        unsupported.push(subscription);
      }
    }
    this.#offerAnswered(progress, now);
    return unsupported;
  }

  /**
   * What to ask the client for, if anything, and if it has not been asked already.
   *
   * @param offerWanted Whether an offer is needed for another reason.
   */
  requirement(offerWanted: boolean, now: number): SectionsRequirement | undefined {
    if (!(this.#changed || offerWanted) || this.#offerRequested || now < this.#notBefore) return undefined;
    this.#changed = false;
    const wanted = this.#wanted();
    const audio = this.#shortage('audio', wanted);
    const video = this.#shortage('video', wanted);
    const ended = [...this.#sections.values()].some(({ subscription }) => subscription?.closed === true);
    if (!audio.servable && !video.servable && !ended && !offerWanted) return undefined;
    this.#offerRequested = true;
    this.#outstanding.audio += audio.missing;
    this.#outstanding.video += video.missing;
    return { numAudios: audio.missing, numVideos: video.missing };
  }

  /** Subscriptions that could be served and are not. */
  #wanted(): Subscription[] {
    const served = new Set([...this.#sections.values()].map(({ subscription }) => subscription));
    return [...this.#participant.subscriptions.values()].filter(
      (subscription) => !served.has(subscription) && !this.#unsupported.has(subscription),
    );
  }

  /** How many sections of a kind to ask for, and whether another offer would serve any subscription of that kind. */
  #shortage(kind: TrackKind, wanted: readonly Subscription[]): { missing: number; servable: boolean } {
    const needed = wanted.filter(({ publication }) => publication.kind === kind).length;
    const sections = [...this.#sections.values()].filter((section) => section.kind === kind);
    // Those whose subscription ended are free after the next answer.
    const free = sections.filter(
      ({ subscription }) => subscription === undefined || subscription.closed,
    ).length;
    const available = free + this.#outstanding[kind];
    const room = Math.max(0, MAX_SECTIONS_PER_KIND - sections.length - this.#outstanding[kind]);
    const missing = Math.min(room, Math.max(0, needed - available));
    return { missing, servable: needed > 0 && available + missing > 0 };
  }

  /** Sections that are not offered as receiving any more. */
  #forgetMissing(offered: ReadonlySet<string>): void {
    for (const [mid, { subscription }] of this.#sections) {
      if (offered.has(mid)) continue;
      subscription?.detach();
      this.#sections.delete(mid);
    }
  }

  #add(section: MediaSection): ReceivingSection {
    const kind = section.kind === 'audio' ? 'audio' : 'video';
    const added: ReceivingSection = { kind, subscription: undefined };
    this.#sections.set(section.mid, added);
    this.#outstanding[kind] = Math.max(0, this.#outstanding[kind] - 1);
    return added;
  }

  /** False when the section has no codec of the subscription's. */
  #assign(section: MediaSection, subscription: Subscription): boolean {
    const { publication } = subscription;
    const known = this.#sections.get(section.mid);
    for (const codec of publication.codecsByPreference) {
      const parameters = senderParameters(section, this.#participant, publication, codec);
      if (!parameters || !known) continue;
      known.subscription = subscription;
      subscription.attach(this.#transport.createSender(parameters), codec);
      return true;
    }
    return false;
  }

  #offerAnswered(progress: boolean, now: number): void {
    const requested = this.#offerRequested;
    this.#offerRequested = false;
    this.#changed = true;
    if (progress || !requested) {
      this.#retry = 0;
      this.#notBefore = 0;
      return;
    }
    // A client whose offer brings nothing, perhaps as it was on its way already, is not asked in a circle.
    this.#outstanding = { audio: 0, video: 0 };
    this.#retry = Math.min(MAX_RETRY, Math.max(FIRST_RETRY, this.#retry * 2));
    this.#notBefore = now + this.#retry;
  }
}
