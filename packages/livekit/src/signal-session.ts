import type { JoinRequest, SignalResponse } from '@livekit/protocol';
import {
  MuteTrackRequest,
  SubscriptionPermissionUpdate,
  TrackSubscribed,
  TrackUnpublishedResponse,
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
import { LimitError } from '@parley/sfu';
import type { DataChannel, TransportState } from '@parley/transport';
import { connectionQualityUpdate } from './connection-quality.js';
import { dataKind } from './data-packets.js';
import { joinResponse, reconnectResponse } from './join-response.js';
import { leaveRequest } from './leave.js';
import type { SessionContext } from './session-context.js';
import type { SignalConnection } from './signal-channel.js';
import { SignalLimits } from './signal-limits.js';
import { SignalRequests } from './signal-requests.js';
import { streamStateUpdate } from './stream-state.js';
import { subscribedQualityUpdate } from './video-quality.js';

/** What the owner of a WebSocket tells the session behind it. */
export interface SignalSession {
  /** A binary or text frame came. */
  receive(data: Uint8Array | string): void;
  /** The WebSocket is closed. Idempotent. */
  closed(): void;
}

const NORMAL_CLOSURE = 1000;
/** Milliseconds that a participant whose WebSocket was lost stays, with its media, for its client to come back. */
const RESUME_TIMEOUT = 20_000;

/**
 * One participant's session from its join to its end: takes its client's frames, and tells it what the room does. It
 * outlives its WebSocket for a while, so that its client can resume it over another.
 */
export class ParticipantSession implements ParticipantObserver {
  readonly #context: SessionContext;
  readonly #requests: SignalRequests;
  readonly #limits: SignalLimits;
  readonly #onEnded: (session: ParticipantSession) => void;
  /** When to give up waiting for the client to come back. */
  #resumeDeadline = Infinity;
  /** Own tracks that got their first subscriber while there was no WebSocket: clients act on it, so it is told once. */
  readonly #missedSubscribed = new Set<string>();
  #transportClosed = false;
  #ended = false;

  constructor(context: SessionContext, onEnded: (session: ParticipantSession) => void) {
    this.#context = context;
    this.#requests = new SignalRequests(context);
    this.#limits = new SignalLimits(context.clock.now());
    this.#onEnded = onEnded;
  }

  /** Lets the client in, and does what it asked for with its join. */
  start(request: JoinRequest): SignalSession {
    const { channel, iceServers, log, participant, version } = this.#context;
    channel.send({ case: 'join', value: joinResponse(participant, version, iceServers()) });
    participant.setJoined();
    log(
      'info',
      { sdk: request.clientInfo?.sdk, sdkVersion: request.clientInfo?.version },
      'A participant joined.',
    );
    this.#guard(() => {
      for (const track of request.addTrackRequests) this.#requests.addTrack(track);
      if (request.publisherOffer) this.#requests.offer(request.publisherOffer);
      this.#askClient();
    });
    return this.#signalSession();
  }

  /** Goes on over another WebSocket: what may have been missed is told again. */
  resume(request: JoinRequest, connection: SignalConnection): SignalSession {
    const { channel, data, iceServers, log, negotiation, participant, refresher, told, updates, version } =
      this.#context;
    channel.replace(connection);
    this.#resumeDeadline = Infinity;
    log('info', {}, 'A participant resumed its session.');
    const session = this.#signalSession();
    this.#guard(() => {
      channel.send({ case: 'reconnect', value: reconnectResponse(version, data.lastSequence, iceServers()) });
      updates.flushAll();
      for (const message of told.messages) channel.send(message);
      for (const trackSid of this.#missedSubscribed) this.#tellSubscribed(trackSid);
      this.#missedSubscribed.clear();
      for (const publication of participant.publications.values()) {
        if (publication.kind === 'video' && publication.attached) this.onQualityWanted(publication);
      }
      refresher.renew();
      negotiation.restart();
      if (request.syncState) this.#requests.syncState(request.syncState);
      if (request.publisherOffer) this.#requests.offer(request.publisherOffer);
      this.#askClient();
    });
    return session;
  }

  /** Tells the client what has changed since the last call. To be called every 100 ms or more often. */
  handleTimers(now: number): void {
    const { channel, data, updates } = this.#context;
    if (this.#transportClosed) this.#end('media-failure');
    if (now >= this.#resumeDeadline) this.#end('signal-close');
    data.handleTimers(now);
    if (this.#ended || !channel.connection) return;
    this.#guard(() => {
      updates.flush();
      this.#askClient();
      this.#refreshToken(now);
    });
  }

  onParticipantChanged(participant: Participant): void {
    this.#context.updates.participantChanged(participant);
  }

  onSubscriptionsChanged(): void {
    this.#context.negotiation.subscriptionsChanged(this.#context.clock.now());
  }

  onQualitiesChanged(changes: readonly QualityChange[]): void {
    for (const change of changes) {
      const value = connectionQualityUpdate([change]);
      this.#context.told.remember(`quality of ${change.participant.sid}`, {
        case: 'connectionQuality',
        value,
      });
    }
    this.#context.channel.send({ case: 'connectionQuality', value: connectionQualityUpdate(changes) });
  }

  onSpeakersChanged(changes: readonly SpeakerChange[]): void {
    this.#context.updates.speakersChanged(changes);
  }

  onTrackSubscribed({ sid }: Publication): void {
    if (this.#context.channel.connection) this.#tellSubscribed(sid);
    else this.#missedSubscribed.add(sid);
  }

  onTrackMuted({ sid, muted }: Publication): void {
    this.#tell(`mute of ${sid}`, { case: 'mute', value: new MuteTrackRequest({ sid, muted }) });
  }

  onTrackUnpublished({ sid }: Publication): void {
    this.#context.channel.send({
      case: 'trackUnpublished',
      value: new TrackUnpublishedResponse({ trackSid: sid }),
    });
  }

  onQualityWanted(publication: Publication): void {
    this.#context.channel.send({
      case: 'subscribedQualityUpdate',
      value: subscribedQualityUpdate(publication),
    });
  }

  onSubscriptionPermissionChanged({ participant, sid }: Publication, allowed: boolean): void {
    this.#tell(`permission of ${sid}`, {
      case: 'subscriptionPermissionUpdate',
      value: new SubscriptionPermissionUpdate({ participantSid: participant.sid, trackSid: sid, allowed }),
    });
  }

  onStreamStateChanged({ publication }: Subscription, state: StreamState): void {
    const value = streamStateUpdate(publication, state);
    this.#tell(`state of ${publication.sid}`, { case: 'streamStateUpdate', value });
  }

  onRoomChanged(): void {
    this.#context.updates.roomChanged();
  }

  onTransportStateChange(state: TransportState): void {
    // The client closed it on its side only, which a leave should have followed.
    if (state === 'closed') this.#transportClosed = true;
    this.#context.log('debug', { state }, 'The transport changed its state.');
  }

  onDataChannel(channel: DataChannel): void {
    const kind = dataKind(channel.label);
    if (kind) this.#context.participant.setDataChannel(kind, channel);
  }

  onMessage(channel: DataChannel, payload: Uint8Array): void {
    const kind = dataKind(channel.label);
    if (kind) this.#context.data.relay(kind, payload, this.#context.clock.now());
  }

  onClosed(reason: CloseReason): void {
    this.#end(reason);
  }

  /** What the WebSocket in use has to tell; one that was replaced has nothing to tell any more. */
  #signalSession(): SignalSession {
    const { channel, clock, log, participant } = this.#context;
    const { connection } = channel;
    const isCurrent = (): boolean => !this.#ended && channel.connection === connection;
    return {
      receive: (data) => {
        if (isCurrent()) this.#receive(data);
      },
      closed: () => {
        if (!isCurrent()) return;
        channel.replace(undefined);
        if (participant.state === 'active') {
          this.#resumeDeadline = clock.now() + RESUME_TIMEOUT;
          log('info', {}, 'The signalling of a participant was interrupted.');
        } else {
          this.#end('signal-close');
        }
      },
    };
  }

  #receive(data: Uint8Array | string): void {
    const { channel, clock, counters } = this.#context;
    counters.signalsReceived += 1;
    if (!this.#limits.allowsMessage(data.length, clock.now())) {
      counters.drop('signal-flood');
      this.#end('participant-removed');
      return;
    }
    const message = channel.decode(data);
    if (!message) {
      counters.drop('signal-malformed');
    } else if (message.case === 'leave') {
      this.#end('client-initiated');
    } else if (message.case === 'offer' && !this.#limits.allowsOffer(clock.now())) {
      counters.drop('offer-flood');
      this.#end('participant-removed');
    } else {
      this.#guard(() => this.#requests.handle(message));
    }
  }

  #tellSubscribed(trackSid: string): void {
    const value = new TrackSubscribed({ trackSid });
    this.#context.channel.send({ case: 'trackSubscribed', value });
  }

  /** Tells of a change that the client must not miss: after an interruption it is told again. */
  #tell(matter: string, message: SignalResponse['message']): void {
    this.#context.told.remember(matter, message);
    this.#context.channel.send(message);
  }

  /** Sends the offer, or asks for the one, that the client's subscriptions need. */
  #askClient(): void {
    const { channel, clock, negotiation } = this.#context;
    const wanted = negotiation.poll(clock.now());
    if (wanted) channel.send(wanted);
  }

  #refreshToken(now: number): void {
    const { channel, clock, log, refresher } = this.#context;
    if (!refresher.isDue(now)) return;
    refresher.refresh(now, clock.wall()).then(
      (token) => channel.send({ case: 'refreshToken', value: token }),
      (error: unknown) => log('error', { error: String(error) }, 'A token could not be refreshed.'),
    );
  }

  /** What goes wrong in one session ends that session, and no other. */
  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      const { log } = this.#context;
      if (error instanceof LimitError) log('warn', {}, error.message);
      else log('error', { error: error instanceof Error ? error.stack : String(error) }, 'A session failed.');
      this.#end('join-failure');
    }
  }

  /** Idempotent. */
  #end(reason: CloseReason): void {
    const { channel, log, participant } = this.#context;
    if (this.#ended) return;
    this.#ended = true;
    participant.close(reason);
    if (reason !== 'client-initiated' && reason !== 'signal-close') {
      channel.send({ case: 'leave', value: leaveRequest(reason) });
    }
    channel.close(NORMAL_CLOSURE, reason);
    log('info', { reason }, 'A participant left.');
    this.#onEnded(this);
  }
}
