import type { JoinRequest } from '@livekit/protocol';
import { MuteTrackRequest, TrackSubscribed, TrackUnpublishedResponse } from '@livekit/protocol';
import type { CloseReason, Participant, ParticipantObserver, Publication, SpeakerChange } from '@parley/sfu';
import { LimitError } from '@parley/sfu';
import type { DataChannel, TransportState } from '@parley/transport';
import { DataPacketRelay, dataKind } from './data-packets.js';
import { joinResponse } from './join-response.js';
import { leaveRequest } from './leave.js';
import type { SessionContext } from './session-context.js';
import { SignalLimits } from './signal-limits.js';
import { SignalRequests } from './signal-requests.js';
import { subscribedQualityUpdate } from './video-quality.js';

/** What the owner of a WebSocket tells the session behind it. */
export interface SignalSession {
  /** A binary or text frame came. */
  receive(data: Uint8Array | string): void;
  /** The WebSocket is closed. Idempotent. */
  closed(): void;
}

const NORMAL_CLOSURE = 1000;

/** One participant's session from its join to its end: takes its client's frames, and tells it what the room does. */
export class ParticipantSession implements SignalSession, ParticipantObserver {
  readonly #context: SessionContext;
  readonly #requests: SignalRequests;
  readonly #limits: SignalLimits;
  readonly #data: DataPacketRelay;
  readonly #onEnded: (session: ParticipantSession) => void;
  #transportClosed = false;
  #ended = false;

  constructor(context: SessionContext, onEnded: (session: ParticipantSession) => void) {
    this.#context = context;
    this.#requests = new SignalRequests(context);
    this.#limits = new SignalLimits(context.clock.now());
    this.#data = new DataPacketRelay(context);
    this.#onEnded = onEnded;
  }

  /** Lets the client in, and does what it asked for with its join. */
  start(request: JoinRequest, version: string): void {
    const { channel, clock, log, negotiation, participant } = this.#context;
    channel.send({ case: 'join', value: joinResponse(participant, version) });
    participant.setJoined();
    log(
      'info',
      { sdk: request.clientInfo?.sdk, sdkVersion: request.clientInfo?.version },
      'A participant joined.',
    );
    this.#guard(() => {
      for (const track of request.addTrackRequests) this.#requests.addTrack(track);
      if (request.publisherOffer) this.#requests.offer(request.publisherOffer);
      const wanted = negotiation.poll(clock.now());
      if (wanted) channel.send(wanted);
    });
  }

  receive(data: Uint8Array | string): void {
    const { channel, clock, counters } = this.#context;
    if (this.#ended) return;
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

  closed(): void {
    this.#end('signal-close');
  }

  /** Tells the client what has changed since the last call. To be called every 100 ms or more often. */
  handleTimers(now: number): void {
    const { channel, negotiation, updates } = this.#context;
    if (this.#transportClosed) this.#end('media-failure');
    if (this.#ended) return;
    this.#guard(() => {
      updates.flush();
      const wanted = negotiation.poll(now);
      if (wanted) channel.send(wanted);
      this.#refreshToken(now);
    });
  }

  onParticipantChanged(participant: Participant): void {
    this.#context.updates.participantChanged(participant);
  }

  onSubscriptionsChanged(): void {
    this.#context.negotiation.subscriptionsChanged(this.#context.clock.now());
  }

  onSpeakersChanged(changes: readonly SpeakerChange[]): void {
    this.#context.updates.speakersChanged(changes);
  }

  onTrackSubscribed(publication: Publication): void {
    this.#context.channel.send({
      case: 'trackSubscribed',
      value: new TrackSubscribed({ trackSid: publication.sid }),
    });
  }

  onTrackMuted({ sid, muted }: Publication): void {
    this.#context.channel.send({ case: 'mute', value: new MuteTrackRequest({ sid, muted }) });
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
    if (kind) this.#data.relay(kind, payload, this.#context.clock.now());
  }

  onClosed(reason: CloseReason): void {
    this.#end(reason);
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
