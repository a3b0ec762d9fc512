import type {
  AddTrackRequest,
  MuteTrackRequest,
  ParticipantTracks,
  SessionDescription,
  SignalRequest,
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
import { trackSettings } from './video-quality.js';

/** Does what one client's messages ask for. `leave` is not among them: it ends the session. */
export class SignalRequests {
  readonly #context: SessionContext;
  readonly #limits: RequestLimits;

  constructor(context: SessionContext) {
    this.#context = context;
    this.#limits = new RequestLimits(context.participant, context.clock.now());
  }

  /** @throws LimitError when the server has no room for another transport. */
  handle(message: SignalRequest['message']): void {
    const { channel, clock, counters, log, participant } = this.#context;
    const flood = this.#limits.check(message, clock.now());
    if (flood) {
      counters.drop(flood);
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
        for (const sid of message.value.trackSids) {
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
      case 'publishDataTrackRequest':
        counters.drop('signal-unsupported');
        this.#respond(0, RequestResponse_Reason.UNSUPPORTED_TYPE, 'data tracks are not supported', {
          case: 'publishDataTrack',
          value: message.value,
        });
        break;
      case 'syncState':
        this.syncState(message.value);
        break;
      // Candidates are not needed: the client's address comes with its connectivity checks. Layers are old clients' matter,
      // to no effect.
      case 'trickle':
      case 'updateLayers':
        break;
      default:
        counters.drop('signal-unsupported');
        log('debug', { message: message.case }, 'A message of a kind that is not supported came.');
    }
  }

  addTrack(request: AddTrackRequest): void {
    const { channel, clock, counters, log, negotiation } = this.#context;
    const result = negotiation.publisher.addTrack(request, clock.now());
    if (result.ok) {
      const value = new TrackPublishedResponse({ cid: request.cid, track: result.track });
      channel.send({ case: 'trackPublished', value });
      return;
    }
    counters.drop('track-refused');
    log('warn', { reason: RequestResponse_Reason[result.reason] }, `A track was refused: ${result.message}.`);
    this.#respond(0, result.reason, result.message, { case: 'addTrack', value: request });
  }

  offer(offer: SessionDescription): void {
    const { channel, clock, counters, negotiation, updates } = this.#context;
    counters.offers += 1;
    try {
      const { answer, dropped, unsupported } = negotiation.negotiate(offer, clock.now());
      // Whoever a section's track is of must be known before.
      updates.flush();
      channel.send({ case: 'answer', value: answer });
      for (const trackSid of dropped) {
        counters.drop('track-refused');
        channel.send({ case: 'trackUnpublished', value: new TrackUnpublishedResponse({ trackSid }) });
      }
      this.#unsupported(unsupported);
    } catch (error) {
      this.#dropDescription(error);
    }
  }

  /** What a client that resumes its session believes: brings the two sides in line, or has it join anew. */
  syncState(state: SyncState): void {
    const { channel, data, negotiation, participant } = this.#context;
    const published = state.publishTracks.flatMap(({ track }) => track?.sid ?? []);
    const unknown = published.filter((sid) => !participant.publications.has(sid));
    if (unknown.some((sid) => !negotiation.publisher.wasEnded(sid))) {
      participant.disconnect('state-mismatch');
      return;
    }
    for (const trackSid of unknown)
      channel.send({ case: 'trackUnpublished', value: new TrackUnpublishedResponse({ trackSid }) });
    const { trackSids = [], participantTracks = [], subscribe = false } = state.subscription ?? {};
    for (const sid of allSids(trackSids, participantTracks)) participant.setSubscribed(sid, subscribe);
    for (const sid of state.trackSidsDisabled) participant.setTrackSettings(sid, { enabled: false });
    data.replay(
      new Map(state.datachannelReceiveStates.map(({ publisherSid, lastSeq }) => [publisherSid, lastSeq])),
    );
  }

  #answer(answer: SessionDescription): void {
    const { clock, counters, negotiation } = this.#context;
    if (!negotiation.subscriber) {
      counters.drop('signal-unsupported');
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
    counters.drop('offer-invalid');
    log('warn', { field: error.field }, `A session description was dropped: ${error.message}.`);
  }

  #unsupported(subscriptions: readonly Subscription[]): void {
    for (const { publication } of subscriptions) {
      this.#subscriptionFailed(publication.sid, SubscriptionError.SE_CODEC_UNSUPPORTED);
    }
  }

  #mute({ sid, muted }: MuteTrackRequest): void {
    this.#context.told.forget(`mute of ${sid}`);
    this.#context.participant.publications.get(sid)?.setMuted(muted);
  }

  #subscription({ trackSids, participantTracks, subscribe }: UpdateSubscription): void {
    for (const sid of allSids(trackSids, participantTracks)) {
      const found = this.#context.participant.setSubscribed(sid, subscribe);
      if (!found && subscribe) this.#subscriptionFailed(sid, SubscriptionError.SE_TRACK_NOTFOUND);
    }
  }

  #updateMetadata(update: UpdateParticipantMetadata): void {
    const { counters, participant } = this.#context;
    const { reason, message } = updateOwnMetadata(participant, update);
    if (reason !== RequestResponse_Reason.OK) counters.drop('metadata-refused');
    this.#respond(update.requestId, reason, message, { case: 'updateMetadata', value: update });
  }

  #updateTrack(sid: string, update: (details: TrackDetails) => void): void {
    const { participant } = this.#context;
    const publication = participant.publications.get(sid);
    if (!(publication?.appData instanceof TrackDetails)) return;
    update(publication.appData);
    if (publication.attached) participant.changed();
  }

  #subscriptionFailed(trackSid: string, err: SubscriptionError): void {
    this.#context.channel.send({
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
    this.#context.channel.send({ case: 'requestResponse', value });
  }
}

function allSids(trackSids: readonly string[], participantTracks: readonly ParticipantTracks[]): string[] {
  return [...trackSids, ...participantTracks.flatMap((tracks) => tracks.trackSids)];
}

function wholeMilliseconds(time: number): bigint {
  return BigInt(Math.floor(time));
}
