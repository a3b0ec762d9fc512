import type {
  AddTrackRequest,
  MuteTrackRequest,
  ParticipantTracks,
  SessionDescription,
  SignalRequest,
  SignalResponse,
  SyncState,
  UpdateParticipantMetadata,
  UpdateSubscription,
} from '@livekit/protocol';
import {
  Pong,
  RequestResponse,
  RequestResponse_Reason,
  SubscriptionError,
  SubscriptionResponse,
  TrackPublishedResponse,
  TrackUnpublishedResponse,
} from '@livekit/protocol';
import { SdpError } from '@parley/rtp';
import type { Subscription } from '@parley/sfu';
import { updateOwnMetadata } from './own-metadata.js';
import { RequestLimits } from './request-limits.js';
import type { SessionContext } from './session-context.js';
import { subscriptionRule } from './subscription-rule.js';
import { TrackDetails } from './track-info.js';
import { unsupportedResponse } from './unsupported-requests.js';
import { trackSettings } from './video-quality.js';

/** An answer that is still to be sent. */
interface HeldAnswer {
  notBefore: number;
  answer: SignalResponse['message'];
}

/**
 * Milliseconds at least between an update and the answer of the request that caused it. SDKs on LiveKit's Rust core take the
 * two in different tasks: an answer that comes right behind its update may be through first, and what the client knows of
 * itself, which it sends along with its next request, would be old.
 */
const ANSWER_DELAY = 10;

/** Does what one client's messages ask for. `leave` is not among them: it ends the session. */
export class SignalRequests {
  readonly #context: SessionContext;
  readonly #limits: RequestLimits;
  /** In the order of their requests. */
  #held: HeldAnswer[] = [];

  constructor(context: SessionContext) {
    this.#context = context;
    this.#limits = new RequestLimits(context.participant, context.clock.now());
  }

  /** @throws LimitError when the server has no room for another transport. */
  handle(message: SignalRequest['message']): void {
    const { channel, clock, counters, log, participant } = this.#context;
    const flood = this.#limits.check(message, clock.now());
    if (flood) {
      counters.drops[flood] += 1;
      if (message.case === 'updateMetadata') {
        this.#respond(
          message.value.requestId,
          RequestResponse_Reason.LIMIT_EXCEEDED,
          'too many changes',
          message,
        );
      }
      return;
    }
    switch (message.case) {
      // It ends the session, and does not come here.
      case 'leave':
        break;
      case 'offer':
        this.offer(message.value);
        break;
      case 'answer':
        this.#answer(message.value);
        break;
      case 'addTrack':
        this.addTrack(message.value);
        break;
      case 'mute':
        this.#mute(message.value);
        break;
      case 'subscription':
        this.#subscription(message.value);
        break;
      case 'trackSetting':
        for (const sid of new Set(message.value.trackSids)) {
          participant.setTrackSettings(sid, trackSettings(message.value));
        }
        break;
      case 'subscriptionPermission':
        participant.setSubscriptionRule(subscriptionRule(message.value));
        break;
      case 'updateMetadata':
        this.#updateMetadata(message.value);
        break;
      case 'updateAudioTrack':
        this.#updateTrack(
          message.value.trackSid,
          (details) => (details.audioFeatures = message.value.features),
        );
        break;
      case 'updateVideoTrack':
        this.#updateTrack(message.value.trackSid, (details) => {
          details.width = message.value.width;
          details.height = message.value.height;
        });
        break;
      case 'ping':
        channel.send({ case: 'pong', value: wholeMilliseconds(clock.wall()) });
        break;
      case 'pingReq': {
        const lastPingTimestamp = message.value.timestamp;
        channel.send({
          case: 'pongResp',
          value: new Pong({ lastPingTimestamp, timestamp: wholeMilliseconds(clock.wall()) }),
        });
        break;
      }
      case 'syncState':
        this.syncState(message.value);
        break;
      // Candidates are not needed: the client's address comes with its connectivity checks. Layers are old clients' matter,
      // to no effect.
      case 'trickle':
      case 'updateLayers':
        break;
      case 'publishDataTrackRequest':
      case 'unpublishDataTrackRequest':
      case 'updateDataSubscription':
      case 'storeDataBlobRequest':
      case 'getDataBlobRequest':
      case 'simulate':
      case undefined:
        counters.drops['signal-unsupported'] += 1;
        log('debug', { message: message.case }, 'A message of a kind that is not supported came.');
        this.#reply({ case: 'requestResponse', value: unsupportedResponse(message) });
    }
  }

  /** When an answer has waited for long enough; Infinity if none waits. */
  get deadline(): number {
    return this.#held[0]?.notBefore ?? Infinity;
  }

  /** Sends answers that have waited. */
  handleTimeout(now: number): void {
    while (this.#held[0] && this.#held[0].notBefore <= now) {
      this.#context.channel.send(this.#held[0].answer);
      this.#held.shift();
    }
  }

  addTrack(request: AddTrackRequest): void {
    const { clock, counters, log, negotiation } = this.#context;
    const result = negotiation.publisher.addTrack(request, clock.now());
    if (result.ok) {
      const value = new TrackPublishedResponse({ cid: request.cid, track: result.track });
      this.#reply({ case: 'trackPublished', value });
      return;
    }
    counters.drops['track-refused'] += 1;
    log('warn', { reason: RequestResponse_Reason[result.reason] }, `A track was refused: ${result.message}.`);
    this.#respond(0, result.reason, result.message, { case: 'addTrack', value: request });
  }

  offer(offer: SessionDescription): void {
    const { channel, clock, counters, negotiation } = this.#context;
    counters.offers += 1;
    try {
      const { answer, dropped, unsupported } = negotiation.negotiate(offer, clock.now());
      // Whoever a section's track is of is known by then.
      this.#reply({ case: 'answer', value: answer });
      for (const trackSid of dropped) {
        counters.drops['track-refused'] += 1;
        channel.send({ case: 'trackUnpublished', value: new TrackUnpublishedResponse({ trackSid }) });
      }
      this.#unsupported(unsupported);
    } catch (error) {
      this.#dropDescription(error);
    }
  }

  /** What a client that resumes its session believes: brings the two sides in line, or has it join anew. */
  syncState(state: SyncState): void {
    const { channel, negotiation, participant } = this.#context;
    const published = state.publishTracks.flatMap(({ track }) => track?.sid ?? []);
    const unknown = published.filter((sid) => !participant.publications.has(sid));
    if (unknown.some((sid) => !negotiation.publisher.wasEnded(sid))) {
      participant.disconnect('state-mismatch');
      return;
    }
    for (const trackSid of unknown)
      channel.send({ case: 'trackUnpublished', value: new TrackUnpublishedResponse({ trackSid }) });
    const { trackSids = [], participantTracks = [], subscribe = false } = state.subscription ?? {};
    participant.setSubscribed(allSids(trackSids, participantTracks), subscribe);
    for (const sid of new Set(state.trackSidsDisabled)) participant.setTrackSettings(sid, { enabled: false });
    participant.replayData(
      new Map(state.datachannelReceiveStates.map(({ publisherSid, lastSeq }) => [publisherSid, lastSeq])),
    );
  }

  #answer(answer: SessionDescription): void {
    const { clock, counters, negotiation } = this.#context;
    if (!negotiation.subscriber) {
      counters.drops['signal-unsupported'] += 1;
      return;
    }
    try {
      this.#unsupported(negotiation.subscriber.answered(answer, clock.now()));
    } catch (error) {
      this.#dropDescription(error);
    }
  }

  #dropDescription(error: unknown): void {
    if (!(error instanceof SdpError)) throw error;
    const { counters, log } = this.#context;
    counters.drops['offer-invalid'] += 1;
    log('warn', { field: error.field }, `A session description was dropped: ${error.message}.`);
  }

  #unsupported(subscriptions: readonly Subscription[]): void {
    for (const { publication } of subscriptions) {
      this.#subscriptionFailed(publication.sid, SubscriptionError.SE_CODEC_UNSUPPORTED);
    }
  }

  #mute({ sid, muted }: MuteTrackRequest): void {
    this.#context.notifications.forget(`mute of ${sid}`);
    this.#context.participant.publications.get(sid)?.setMuted(muted);
  }

  #subscription({ trackSids, participantTracks, subscribe }: UpdateSubscription): void {
    const unknown = this.#context.participant.setSubscribed(allSids(trackSids, participantTracks), subscribe);
    if (!subscribe) return;
    for (const sid of unknown) this.#subscriptionFailed(sid, SubscriptionError.SE_TRACK_NOTFOUND);
  }

  #updateMetadata(update: UpdateParticipantMetadata): void {
    const { clock, counters, participant, updates } = this.#context;
    const { requestId } = update;
    const { reason, message } = updateOwnMetadata(participant, update);
    const request: RequestResponse['request'] = { case: 'updateMetadata', value: update };
    if (reason !== RequestResponse_Reason.OK) {
      counters.drops['metadata-refused'] += 1;
      this.#respond(requestId, reason, message, request);
      return;
    }
    updates.flush();
    const value = new RequestResponse({ requestId, reason, request });
    const notBefore = clock.now() + ANSWER_DELAY;
    this.#held.push({ notBefore, answer: { case: 'requestResponse', value } });
  }

  #updateTrack(sid: string, update: (details: TrackDetails) => void): void {
    const { participant } = this.#context;
    const publication = participant.publications.get(sid);
    if (!(publication?.appData instanceof TrackDetails)) return;
    update(publication.appData);
    if (publication.attached) participant.changed();
  }

  #subscriptionFailed(trackSid: string, err: SubscriptionError): void {
    this.#reply({
      case: 'subscriptionResponse',
      value: new SubscriptionResponse({ trackSid, err }),
    });
  }

  #respond(
    requestId: number,
    reason: RequestResponse_Reason,
    message: string,
    request: RequestResponse['request'],
  ): void {
    const value = new RequestResponse({ requestId, reason, message, request });
    this.#reply({ case: 'requestResponse', value });
  }

  /** Answers a request, after what it changed: a client that waits for the answer takes what it knows by then for the outcome. */
  #reply(answer: SignalResponse['message']): void {
    const { channel, updates } = this.#context;
    updates.flush();
    channel.send(answer);
  }
}

function allSids(trackSids: readonly string[], participantTracks: readonly ParticipantTracks[]): string[] {
  return [...trackSids, ...participantTracks.flatMap((tracks) => tracks.trackSids)];
}

function wholeMilliseconds(time: number): bigint {
  return BigInt(Math.floor(time));
}
