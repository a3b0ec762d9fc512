import type { AddTrackRequest, TrackInfo, VideoLayer } from '@livekit/protocol';
import { BackupCodecPolicy, RequestResponse_Reason } from '@livekit/protocol';
import type { MediaSection } from '@parley/rtp';
import { isSameMimeType } from '@parley/rtp';
import type { Participant, Publication, TrackKind } from '@parley/sfu';
import { LimitError, PermissionError } from '@parley/sfu';
import type { WebRtcTransport } from '@parley/transport';
import { receiverParameters } from './answer.js';
import {
  TrackDetails,
  mimeTypeOf,
  announcedLayers,
  trackInfo,
  trackKind,
  trackSource,
} from './track-info.js';
import { videoLayers } from './video-quality.js';

/** What becomes of an `add_track`: the track as announced, or why not. */
export type AddTrackResult =
  { ok: true; track: TrackInfo } | { ok: false; reason: RequestResponse_Reason; message: string };

/** A track that was announced with `add_track` and whose media section has not been offered yet. */
interface PendingTrack {
  publication: Publication;
  details: TrackDetails;
  announcedAt: number;
  layers: VideoLayer[];
  /** Media type, where it is a further codec of a publication that is there. */
  backup: string | undefined;
}

/** A media section in which the client sends a track. */
export interface PublishedSection {
  readonly publication: Publication;
  /** The track's id in the offer. */
  readonly cid: string;
  /** The codec announced for it; undefined where the client leaves the choice open. */
  readonly preferred: string | undefined;
  /** As in `PendingTrack`. */
  readonly backup: string | undefined;
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
  readonly #transport: WebRtcTransport;
  /** By the client's id of the track. */
  readonly #pending = new Map<string, PendingTrack>();
  /** By mid. */
  readonly #published = new Map<string, PublishedSection>();
  /** Kinds of offered sections that no announced track fits. */
  readonly #unmatched = new Set<TrackKind>();
  #dropped: string[] = [];

  constructor(participant: Participant, transport: WebRtcTransport) {
    this.#participant = participant;
    this.#transport = transport;
  }

  addTrack(request: AddTrackRequest, now: number): AddTrackResult {
    this.#forgetClosed();
    this.#forgetOld(now);
    const kind = trackKind(request.type);
    if (!kind)
      return refusal(RequestResponse_Reason.UNSUPPORTED_TYPE, 'only audio and video can be published');
    const published = this.#participant.publications.get(request.sid);
    if (published) this.#addBackup(published, request, now);
    const known = this.#pending.get(request.cid)?.publication ?? published;
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
        layers: videoLayers(details.layers),
        backupCodecs: details.backupMimeTypes,
        regression: request.backupCodecPolicy === BackupCodecPolicy.REGRESSION,
      });
      const { layers } = details;
      this.#pending.set(request.cid, { publication, details, announcedAt: now, layers, backup: undefined });
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

  /** A section in which the client sends. */
  section(mid: string): PublishedSection | undefined {
    return this.#published.get(mid);
  }

  /** Whether the server has ended a publication whose section the client still offers. */
  wasEnded(trackSid: string): boolean {
    return [...this.#published.values()].some(
      ({ publication }) => publication.sid === trackSid && publication.closed,
    );
  }

  /** The client sends a publication in another codec too, if that is one of those it announced. */
  #addBackup(publication: Publication, request: AddTrackRequest, now: number): void {
    const { cid, simulcastCodecs } = request;
    const { appData: details, codecs, kind } = publication;
    const announced = mimeTypeOf(kind, simulcastCodecs[0]?.codec ?? '') ?? '';
    const backup = codecs.slice(1).find(({ mimeType }) => isSameMimeType(mimeType, announced));
    if (cid === '' || cid.length > MAX_NAME_LENGTH || !backup || !(details instanceof TrackDetails)) return;
    if (this.#pending.size >= MAX_PENDING_TRACKS) return;
    // Older clients tell of the layers beside the codec.
    const own = simulcastCodecs[0]?.layers ?? [];
    const layers = announcedLayers(own.length > 0 ? own : request.layers);
    this.#pending.set(cid, { publication, details, announcedAt: now, layers, backup: backup.mimeType });
  }

  #publish(section: MediaSection, cid: string): boolean {
    const pending = this.#pending.get(cid);
    if (pending?.publication.kind !== section.kind) return false;
    this.#pending.delete(cid);
    const { backup, details, layers, publication } = pending;
    const preferred = backup ?? details.preferredMimeType;
    const parameters = receiverParameters(section, publication, preferred);
    // Without a backup the publication is still what it was.
    if (backup !== undefined && !isSameMimeType(parameters?.codecs[0]?.mimeType ?? '', backup)) return true;
    if (!parameters) {
      this.#drop(publication);
      return true;
    }
    const trackId = section.msid?.trackId ?? '';
    this.#published.set(section.mid, { publication, cid: trackId, preferred, backup });
    details.sections.set(backup ?? '', { mid: section.mid, cid, sdpCid: trackId, layers });
    const receiver = this.#transport.createReceiver(parameters);
    if (backup === undefined) publication.attach(receiver);
    else publication.attachBackup(backup, receiver);
    return true;
  }

  #drop(publication: Publication): void {
    this.#participant.unpublish(publication.sid);
    this.#dropped.push(publication.sid);
  }

  /** Ends what is sent no longer, or was replaced by another announced track. */
  #unpublishMissing(sending: ReadonlyMap<string, MediaSection>): void {
    for (const [mid, { backup, cid, publication }] of this.#published) {
      const trackId = sending.get(mid)?.msid?.trackId ?? '';
      const replaced = trackId !== cid && this.#pending.has(trackId);
      if (sending.has(mid) && !replaced && !publication.closed) continue;
      this.#published.delete(mid);
      if (backup === undefined) this.#participant.unpublish(publication.sid);
      else if (!this.#isSent(publication, backup)) publication.detachBackup(backup);
    }
  }

  /** Whether some section, perhaps a later one, has this backup. */
  #isSent(publication: Publication, backup: string): boolean {
    return [...this.#published.values()].some(
      (section) => section.publication === publication && section.backup === backup,
    );
  }

  /** The server ended them, as when the participant may not publish them any more. */
  #forgetClosed(): void {
    for (const [cid, { publication }] of this.#pending) if (publication.closed) this.#pending.delete(cid);
  }

  #forgetOld(now: number): void {
    for (const [cid, { announcedAt, backup, publication }] of this.#pending) {
      if (now - announcedAt < PENDING_LIFETIME) continue;
      this.#pending.delete(cid);
      if (backup === undefined) this.#participant.unpublish(publication.sid);
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
