import type { JoinRequest } from '@livekit/protocol';
import type { CloseReason, Participant, ParticipantOptions, Room } from '@parley/sfu';
import { TokenBucket, type Timed } from '@parley/core';
import { LimitError } from '@parley/sfu';
import type { DataChannel, TransportState, WebRtcTransportObserver } from '@parley/transport';
import { ClientNotifications } from './client-notifications.js';
import { DataChannelSink } from './data-channel-sink.js';
import { dataKind } from './data-packet-relay.js';
import { joinResponse, reconnectResponse } from './join-response.js';
import { leaveRequest, resumeRequest } from './leave.js';
import type { SessionContext } from './session-context.js';
import { createTransports, type SessionTransports, type TransportFactory } from './session-transports.js';
import type { SignalConnection } from './signal-channel.js';
import { SignalRequests } from './signal-requests.js';
import { SilenceWatch } from './silence-watch.js';

/** What the owner of a WebSocket tells the session behind it. */
export interface SignalSession {
  /** A binary or text frame came. */
  receive(data: Uint8Array | string): void;
  /** The WebSocket is closed. Idempotent. */
  closed(): void;
}

export interface SessionOptions {
  room: Room;
  /** Who joins it. */
  participant: Omit<ParticipantOptions, 'observer' | 'transports'>;
  server: TransportFactory;
  /** Whether the client sends and receives over a transport each. */
  isDual: boolean;
  /** Makes what belongs to the session once its participant is in the room. */
  createContext: (participant: Participant, transports: SessionTransports) => SessionContext;
  /** The session's deadline may be earlier than it was. */
  expect: (session: ParticipantSession) => void;
  onEnded: (session: ParticipantSession) => void;
}

const NORMAL_CLOSURE = 1000;
/**
 * Offers a second, and at once: one costs the server much more than other messages, and a client waits for each answer. How
 * many messages there may be in all, and how large, is limited where the WebSocket is, by the settings.
 */
const OFFERS = { rate: 20, burst: 50 };
/** Values of messages a second, and at once: to read them is what messages cost the server, whatever their length. */
const VALUES = { rate: 10_000, burst: 50_000 };
/** Milliseconds that a participant whose WebSocket was lost stays, with its media, for its client to come back. */
const RESUME_TIMEOUT = 20_000;

/**
 * One participant's session from its join to its end: takes its client's frames, and notifies it of what the room does. It
 * outlives its WebSocket for a while, so that its client can resume it over another.
 */
export class ParticipantSession implements Timed {
  readonly #context: SessionContext;
  readonly #notifications = new ClientNotifications(() => this.#context, {
    onDue: () => this.#wake(),
    onClosed: (reason) => this.#end(reason),
  });
  readonly #requests: SignalRequests;
  readonly #expect: (session: ParticipantSession) => void;
  readonly #offers: TokenBucket;
  readonly #values: TokenBucket;
  readonly #onEnded: (session: ParticipantSession) => void;
  /** Something happened that the client is to be told of, or asked for. */
  #isDue = false;
  /** When to give up waiting for the client to come back. */
  #resumeDeadline = Infinity;
  readonly #silence = new SilenceWatch();
  /** By the data channel that each sends over. */
  readonly #sinks = new Map<DataChannel, DataChannelSink>();
  #transportClosed = false;
  #ended = false;

  /** @throws LimitError when the room is full. */
  constructor({ createContext, expect, isDual, onEnded, participant, room, server }: SessionOptions) {
    const transports = createTransports(server, isDual, (role) => this.#observe(role));
    try {
      // Neither tells the session anything before `start`.
      const joined = room.join({ ...participant, transports, observer: this.#notifications });
      this.#context = createContext(joined, transports);
    } catch (error) {
      this.#ended = true;
      transports.subscriber.close();
      transports.publisher.close();
      throw error;
    }
    this.#requests = new SignalRequests(this.#context);
    this.#expect = expect;
    this.#offers = new TokenBucket(OFFERS.rate, OFFERS.burst, this.#context.clock.now());
    this.#values = new TokenBucket(VALUES.rate, VALUES.burst, this.#context.clock.now());
    this.#onEnded = onEnded;
  }

  get participant(): Participant {
    return this.#context.participant;
  }

  /** Lets the client in, and does what it asked for with its join. */
  start(request: JoinRequest): SignalSession {
    const { channel, iceServers, log, participant, room, transports, version } = this.#context;
    const isDual = transports.subscriber !== transports.publisher;
    const value = joinResponse(participant, { room, isDual, version, iceServers: iceServers() });
    channel.send({ case: 'join', value });
    participant.setJoined();
    log(
      'info',
      { sdk: request.clientInfo?.sdk, sdkVersion: request.clientInfo?.version },
      'A participant joined.',
    );
    this.#wake();
    this.#guard(() => {
      for (const track of request.addTrackRequests) this.#requests.addTrack(track);
      if (request.publisherOffer) this.#requests.offer(request.publisherOffer);
      this.#askClient();
    });
    return this.#signalSession();
  }

  /** Goes on over another WebSocket: what may have been missed is sent again. */
  resume(request: JoinRequest, connection: SignalConnection): SignalSession {
    const { channel, data, iceServers, log, negotiation, refresher, version } = this.#context;
    channel.replace(connection);
    this.#resumeDeadline = Infinity;
    log('info', {}, 'A participant resumed its session.');
    const session = this.#signalSession();
    this.#watchSilence();
    this.#wake();
    this.#guard(() => {
      channel.send({ case: 'reconnect', value: reconnectResponse(version, data.lastSequence, iceServers()) });
      this.#notifications.resend();
      refresher.renew();
      negotiation.restart();
      if (request.syncState) this.#requests.syncState(request.syncState);
      if (request.publisherOffer) this.#requests.offer(request.publisherOffer);
      this.#askClient();
    });
    return session;
  }

  /** Implements `Timed`. Without a WebSocket there is nobody to tell anything. */
  get deadline(): number {
    if (this.#ended) return Infinity;
    if (this.#isDue) return 0;
    const { channel, negotiation, refresher } = this.#context;
    if (!channel.connection) return this.#resumeDeadline;
    return Math.min(
      this.#silence.deadline,
      this.#requests.deadline,
      negotiation.deadline,
      refresher.deadline,
    );
  }

  /** Implements `Timed`: tells the client what has changed since the last call. */
  handleTimeout(now: number): void {
    const { channel, updates } = this.#context;
    this.#isDue = false;
    if (this.#transportClosed) this.#end('media-failure');
    if (now >= this.#resumeDeadline) this.#end('signal-close');
    if (this.#ended || !channel.connection) return;
    if (now >= this.#silence.deadline) this.#askToResume(now);
    this.#guard(() => {
      this.#requests.handleTimeout(now);
      updates.flush();
      this.#askClient();
      this.#refreshToken(now);
    });
  }

  /** What one of its transports tells. */
  #observe(role: keyof SessionTransports): WebRtcTransportObserver {
    return {
      onStateChange: (state) => this.#transportStateChanged(role, state),
      onDataChannel: (channel) => {
        // Of two transports, the client takes data over the one that it receives over.
        if (this.#context.transports[role] === this.#context.transports.subscriber) this.#openSink(channel);
      },
      onMessage: (channel, payload) => {
        const kind = dataKind(channel.label);
        if (kind) this.#context.data.relay(kind, payload, this.#context.clock.now());
        else this.#context.counters.drops['data-unsupported'] += 1;
      },
      onDataChannelClosed: (channel) => {
        const sink = this.#sinks.get(channel);
        this.#sinks.delete(channel);
        if (sink) this.#context.participant.removeDataSink(sink);
      },
    };
  }

  #transportStateChanged(role: keyof SessionTransports, state: TransportState): void {
    if (this.#ended) return;
    const { log, participant, transports } = this.#context;
    if (participant.state === 'disconnected') return;
    // The client closed it on its side only, which a leave should have followed.
    if (state === 'closed') {
      this.#transportClosed = true;
      this.#wake();
    }
    this.#watchSilence();
    log('debug', { state }, 'The transport changed its state.');
    participant.transportStateChanged(transports[role]);
  }

  #watchSilence(): void {
    const { clock, transports } = this.#context;
    const isSilent = [transports.publisher, transports.subscriber].some(
      ({ state }) => state === 'disconnected',
    );
    this.#silence.update(isSilent, clock.now());
    this.#expect(this);
  }

  /** A client from which nothing comes any more would notice much later by itself. */
  #askToResume(now: number): void {
    const { channel, log, participant } = this.#context;
    this.#silence.asked(now);
    const value = resumeRequest(participant);
    if (value === undefined) return;
    log('info', {}, 'A participant from whom nothing comes is asked to look for another path.');
    channel.send({ case: 'leave', value });
  }

  #openSink(channel: DataChannel): void {
    const { participant, transports } = this.#context;
    const kind = dataKind(channel.label);
    if (!kind) return;
    const sink = new DataChannelSink(channel, transports.subscriber);
    this.#sinks.set(channel, sink);
    participant.setDataSink(kind, sink);
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
          this.#expect(this);
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
    if (!this.#values.take(channel.valuesIn(data, VALUES.burst), clock.now())) {
      counters.drops['signal-flood'] += 1;
      return;
    }
    const message = channel.decode(data);
    if (!message) {
      counters.drops['signal-malformed'] += 1;
    } else if (message.case === 'leave') {
      this.#end('client-initiated');
    } else if (message.case === 'offer' && !this.#offers.take(1, clock.now())) {
      counters.drops['offer-flood'] += 1;
      this.#end('participant-removed');
    } else {
      this.#guard(() => this.#requests.handle(message));
      // A ping changes nothing.
      if (message.case !== 'ping' && message.case !== 'pingReq') this.#wake();
    }
  }

  /** `handleTimeout` is to be called. */
  #wake(): void {
    if (this.#isDue || this.#ended) return;
    this.#isDue = true;
    this.#expect(this);
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
      const { counters, log } = this.#context;
      const isLimit = error instanceof LimitError;
      counters.sessionFailures[isLimit ? 'limit' : 'defect'] += 1;
      if (isLimit) log('warn', {}, error.message);
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
    this.#expect(this);
    this.#onEnded(this);
  }
}
