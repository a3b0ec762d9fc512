import type { AddTrackRequest, TrackInfo } from '@livekit/protocol';
import { RequestResponse_Reason } from '@livekit/protocol';
import type { MediaSection } from '@parley/rtp';
import type { Participant, Publication, TrackKind } from '@parley/sfu';
import { LimitError, PermissionError } from '@parley/sfu';
import { receiverParameters } from './answer.js';
import { TrackDetails, trackInfo, trackKind, trackSource } from './track-info.js';
import { videoLayers } from './video-quality.js';

/** What becomes of an `add_track`: the track as announced, or why not. */
export type AddTrackResult =
  { ok: true; track: TrackInfo } | { ok: false; reason: RequestResponse_Reason; message: string };

/** A track that was announced with `add_track` and whose media section has not been offered yet. */
interface PendingTrack {
  publication: Publication;
  details: TrackDetails;
  announcedAt: number;
}

/** A media section in which the client sends a track. */
interface PublishedSection {
  publication: Publication;
  /** The track's id in the offer. */
  cid: string;
}

/** A client has 10 s of patience for its own announcements; what is older it has forgotten. */
const PENDING_LIFETIME = 60_000;
/** Characters of a track's cid, name and stream: everybody in the room is told them. */
const MAX_NAME_LENGTH = 256;
const MAX_PENDING_TRACKS = 20;

/**
 * The tracks that one client publishes: announced with `add_track`, then offered in media sections of their own, and
 * unpublished by a section that no longer sends.
 */
export class PublisherNegotiation {
  readonly #participant: Participant;
  /** By the client's id of the track. */
  readonly #pending = new Map<string, PendingTrack>();
  /** By mid. */
  readonly #published = new Map<string, PublishedSection>();
  /** Kinds of offered sections that no announced track fits. */
  readonly #unmatched = new Set<TrackKind>();
  #dropped: string[] = [];

  constructor(participant: Participant) {
    this.#participant = participant;
  }

  addTrack(request: AddTrackRequest, now: number): AddTrackResult {
    this.#forgetClosed();
    this.#forgetOld(now);
    const kind = trackKind(request.type);
    if (!kind)
      return refusal(RequestResponse_Reason.UNSUPPORTED_TYPE, 'only audio and video can be published');
    const known =
      this.#pending.get(request.cid)?.publication ?? this.#participant.publications.get(request.sid);
    if (known) return { ok: true, track: trackInfo(known) };
    if (request.cid === '') return refusal(RequestResponse_Reason.INVALID_REQUEST, 'the track has no cid');
    if ([request.cid, request.name, request.stream].some((text) => text.length > MAX_NAME_LENGTH)) {
      return refusal(
        RequestResponse_Reason.LIMIT_EXCEEDED,
        `cid, name and stream of a track have ${MAX_NAME_LENGTH} characters at most`,
      );
    }
    if (this.#pending.size >= MAX_PENDING_TRACKS) {
      return refusal(
        RequestResponse_Reason.LIMIT_EXCEEDED,
        `${MAX_PENDING_TRACKS} tracks wait for their offer already`,
      );
    }
    const details = new TrackDetails(request);
    try {
      const publication = this.#participant.publish({
        kind,
        source: trackSource(request.source),
        name: request.name,
        muted: request.muted,
        appData: details,
        layers: videoLayers(request.layers),
      });
      this.#pending.set(request.cid, { publication, details, announcedAt: now });
      return { ok: true, track: trackInfo(publication) };
    } catch (error) {
      if (error instanceof PermissionError) return refusal(RequestResponse_Reason.NOT_ALLOWED, error.message);
      if (error instanceof LimitError) return refusal(RequestResponse_Reason.LIMIT_EXCEEDED, error.message);
      throw error;
    }
  }

  /** Whether an announced track came after the offer that it belongs to, so that another offer is needed. */
  get wantsOffer(): boolean {
    if (this.#unmatched.size === 0) return false;
    return [...this.#pending.values()].some(({ publication }) => this.#unmatched.has(publication.kind));
  }

  /**
   * Publishes and unpublishes as the audio and video sections of an offer say.
   *
   * @returns Sids of announced tracks that were dropped, as their sections have no codec that the server knows.
   */
  negotiate(sections: readonly MediaSection[]): string[] {
    this.#unmatched.clear();
    this.#dropped = [];
    this.#forgetClosed();
    const sending = sections.filter(isSending);
    this.#unpublishMissing(new Map(sending.map((section) => [section.mid, section])));
    const unknown = sending.filter(({ mid }) => !this.#published.has(mid));
    const unnamed = unknown.filter((section) => !this.#publish(section, section.msid?.trackId ?? ''));
    // Some clients give their tracks other ids in SDP: those are taken in order.
    const named = new Set(sending.map(({ msid }) => msid?.trackId));
    for (const section of unnamed) {
      const first = [...this.#pending].find(
        ([cid, { publication }]) => publication.kind === section.kind && !named.has(cid),
      );
      const published = first !== undefined && this.#publish(section, first[0]);
      if (!published) this.#unmatched.add(section.kind === 'audio' ? 'audio' : 'video');
    }
    return this.#dropped;
  }

  /** The publication of a section in which the client sends. */
  publication(mid: string): Publication | undefined {
    return this.#published.get(mid)?.publication;
  }

  /** Whether the server has ended a publication whose section the client still offers. */
  wasEnded(trackSid: string): boolean {
    return [...this.#published.values()].some(
      ({ publication }) => publication.sid === trackSid && publication.closed,
    );
  }

  #publish(section: MediaSection, cid: string): boolean {
    const pending = this.#pending.get(cid);
    if (pending?.publication.kind !== section.kind) return false;
    this.#pending.delete(cid);
    const parameters = receiverParameters(section, pending.publication);
    if (!parameters) {
      this.#participant.unpublish(pending.publication.sid);
      this.#dropped.push(pending.publication.sid);
      return true;
    }
    pending.details.mid = section.mid;
    this.#published.set(section.mid, { publication: pending.publication, cid: section.msid?.trackId ?? '' });
    pending.publication.attach(this.#participant.publisherTransport.createReceiver(parameters));
    return true;
  }

  /** Ends what is sent no longer, or was replaced by another announced track. */
  #unpublishMissing(sending: ReadonlyMap<string, MediaSection>): void {
    for (const [mid, { publication, cid }] of this.#published) {
      const trackId = sending.get(mid)?.msid?.trackId ?? '';
      const replaced = trackId !== cid && this.#pending.has(trackId);
      if (sending.has(mid) && !replaced && !publication.closed) continue;
      this.#published.delete(mid);
      this.#participant.unpublish(publication.sid);
    }
  }

  /** The server ended them, as when the participant may not publish them any more. */
  #forgetClosed(): void {
    for (const [cid, { publication }] of this.#pending) if (publication.closed) this.#pending.delete(cid);
  }

  #forgetOld(now: number): void {
    for (const [cid, { publication, announcedAt }] of this.#pending) {
      if (now - announcedAt < PENDING_LIFETIME) continue;
      this.#pending.delete(cid);
      this.#participant.unpublish(publication.sid);
    }
  }
}

/** Whether the client sends media in this section. */
export function isSending(section: MediaSection): boolean {
  return !section.rejected && (section.direction === 'sendonly' || section.direction === 'sendrecv');
}

function refusal(reason: RequestResponse_Reason, message: string): AddTrackResult {
  return { ok: false, reason, message };
}
