import { ApiError, type GuestToken, type GuestTokenRequest } from '../lib/api.js';
import { loadSession, saveSession } from '../lib/session.js';
import { roomKey } from '../lib/room-name.js';
import { Store } from '../lib/store.js';
import { texts } from '../texts/texts.js';
import { announcementsOf } from './announcements.js';
import { CallChat } from './call-chat.js';
import { describeEnd, describeJoinError, type CallEnd } from './call-end.js';
import { CallNews } from './call-news.js';
import { roomPlace } from './call-place.js';
import type { CallPlace, ChannelOfCall } from './call-place.js';
import { CallReactions } from './call-reactions.js';
import type { CallRoom, CallRoomEvents, ChosenDevices, EndReason, OpenRoom } from './call-room.js';
import { ConnectionWatch } from './connection-watch.js';
import { HandRest } from './hand-rest.js';
import type { ParticipantView } from './participants.js';
import { Listening } from './listening.js';
import { Roster } from './roster.js';
import { WantedMedia } from './wanted-media.js';

export type CallPhase =
  | { name: 'idle'; error: string | undefined }
  | (CallPlace & { name: 'joining'; userName: string; from: 'lobby' | 'reload' | CallEnd })
  | (CallPlace & { name: 'call'; joinedAt: number })
  | (CallPlace & { name: 'ended'; userName: string; end: CallEnd });

export interface JoinRequest {
  place: CallPlace;
  name: string;
  devices: ChosenDevices;
  microphoneOn: boolean;
  cameraOn: boolean;
  /** The token of another tab, whose part in the call this one takes over. */
  previous?: string;
}

/** What a token is asked for with. */
export interface TokenRequest extends GuestTokenRequest {
  /** Absent for a room of guests. */
  channel?: ChannelOfCall;
}

export interface Playback {
  /** False while the browser waits for a click before it plays sound. */
  canPlaySound: boolean;
  isRecording: boolean;
}

export interface CallSessionOptions {
  open: OpenRoom;
  requestToken: (wanted: TokenRequest) => Promise<GuestToken>;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Remembers how one hears others, beyond this tab. */
  memory: Pick<Storage, 'getItem' | 'setItem'>;
  /** As in `window.isSecureContext`. */
  isSecure: boolean;
}

/** Waits before each attempt to come back after the connection was given up. */
export const REJOIN_MS = [500, 2_000, 4_000, 6_000, 8_000, 10_000];
const RECONCILE_MS = 5_000;
/** After somebody came or went has been said, further news waits for this long and is said as one. */
const NEWS_TOGETHER_MS = 2_000;
const SILENT: Playback = { canPlaySound: true, isRecording: false };

/**
 * The call, outside of the page's components: it goes on whichever of them are shown. Each part is a store of its own,
 * so that who shows one is not disturbed by the others.
 */
export class CallSession {
  readonly phase = new Store<CallPhase>({ name: 'idle', error: undefined });
  readonly playback = new Store<Playback>(SILENT);
  /** The identity of whoever else spoke last, kept through silence; undefined until somebody speaks. */
  readonly speaker = new Store<string | undefined>(undefined);
  readonly news = new CallNews();
  readonly media: WantedMedia;
  readonly chat: CallChat;
  readonly reactions: CallReactions;
  readonly roster = new Roster();
  readonly connection = new ConnectionWatch();
  readonly listening: Listening;
  readonly #options: CallSessionOptions;
  readonly #handRest = new HandRest();
  #room: CallRoom | undefined;
  /** Whether the microphone was on before one was deafened. */
  #wasHeard = false;
  #removedFrom: string | undefined;
  #request: JoinRequest | undefined;
  /** Counts attempts, so that what comes of an earlier one is not taken for the present one's. */
  #attempt = 0;
  #reconciler: ReturnType<typeof setInterval> | undefined;

  constructor(options: CallSessionOptions) {
    this.#options = options;
    const room = () => this.#room;
    this.media = new WantedMedia(this.news, options.isSecure);
    this.chat = new CallChat(this.news, room);
    this.reactions = new CallReactions(this.news, room);
    this.listening = new Listening(options.memory);
    // Who speaks wants to hear the answer.
    this.media.state.subscribe(() => {
      if (this.media.state.get().microphone.wanted) this.#setDeafened(false);
    });
    this.#announceChanges();
  }

  /**
   * Joins a room; a call that is on ends first. What becomes of it is told by `phase`, and where one comes from
   * remains known: the page of an earlier call's end stays until there is a call again.
   */
  join(request: JoinRequest, isReload = false): void {
    const attempt = ++this.#attempt;
    const before = this.phase.get();
    const from = before.name === 'ended' ? before.end : isReload ? 'reload' : 'lobby';
    this.#request = request;
    this.#removedFrom = undefined;
    this.phase.set({ name: 'joining', ...request.place, userName: request.name, from });
    this.#close();
    this.#connect(request, attempt).then(
      (room) => {
        if (room === undefined) return;
        this.media.want('microphone', request.microphoneOn);
        this.media.want('camera', request.cameraOn);
        this.#enter(room);
        this.phase.set({ name: 'call', ...request.place, joinedAt: Date.now() });
      },
      (error: unknown) => {
        if (attempt !== this.#attempt) return;
        const told = describeJoinError(error);
        this.phase.set({ name: 'idle', error: told });
        // The page that is open need not be that of the channel.
        if (isReload && request.place.channel !== undefined) this.news.notify(told, 'problem');
      },
    );
  }

  /** The person hangs up. */
  leave(): void {
    const phase = this.phase.get();
    if (phase.name !== 'call' && phase.name !== 'joining') return;
    if (phase.name === 'call') this.#end('left');
    else this.dismiss();
  }

  /** Another page is opened: the end of a call, or the lobby from which one joins, is not to come back. */
  pageLeft(): void {
    const phase = this.phase.get();
    // After a reload one was in the call already, and goes on being in it elsewhere.
    if (phase.name !== 'joining' || phase.from !== 'reload') this.dismiss();
  }

  /** Away from the end of a call, or from joining: back to the lobby. */
  dismiss(): void {
    if (this.phase.get().name === 'call') return;
    this.#abandon({ name: 'idle', error: undefined });
  }

  /** The page goes: the others see it at once. A reload leads back into the call. */
  pageHidden(): void {
    this.#attempt++;
    void this.#room?.disconnect();
  }

  /** The device has lost its network, or has one again. */
  setOffline(isOffline: boolean): void {
    this.connection.setOffline(isOffline);
  }

  /** Hears nobody, and is heard by nobody; or both again, as it was before. */
  toggleDeafened(): void {
    const { microphone } = this.media.state.get();
    if (this.listening.deafened.get()) {
      this.#setDeafened(false);
      if (this.#wasHeard) this.media.want('microphone', true);
      return;
    }
    this.#wasHeard = microphone.wanted;
    this.#setDeafened(true);
    this.media.want('microphone', false);
  }

  #setDeafened(deafened: boolean): void {
    if (this.listening.deafened.get() === deafened) return;
    this.listening.deafened.set(deafened);
    this.news.announce(deafened ? texts.call.isDeafened : texts.call.hearsAgain);
    this.#tellDeafened();
  }

  /** So that nobody talks to who hears nothing. */
  #tellDeafened(): void {
    // It is told again with the next connection.
    this.#room?.setDeafened(this.listening.deafened.get()).catch(() => undefined);
  }

  toggleHand(): void {
    const raised = this.#self()?.handRaisedAt !== undefined;
    const sent = this.#room?.setHand(raised ? undefined : Date.now()) ?? Promise.reject(new Error('No call'));
    sent.then(
      () => this.news.announce(raised ? texts.hand.isDown : texts.hand.isRaised),
      () => this.news.notify(texts.hand.failed, 'problem'),
    );
  }

  #self(): ParticipantView | undefined {
    return this.roster.participants.get().find(({ isLocal }) => isLocal);
  }

  /** A hand that is still up after its owner has spoken goes down by itself. */
  #restHand(): void {
    const self = this.#self();
    if (self === undefined || !this.#handRest.look(self.handRaisedAt, self.isSpeaking, Date.now())) return;
    this.#room?.setHand(undefined).then(
      () => this.news.notify(texts.hand.wentDown),
      // It is looked at again.
      () => undefined,
    );
  }

  /** Moves the call to another device; an empty id is the browser's default, which it has anyway. */
  switchDevice(kind: MediaDeviceKind, deviceId: string): void {
    if (deviceId === '') return;
    this.#room
      ?.switchDevice(kind, deviceId)
      .catch(() => this.news.notify(texts.media.deviceFailed, 'problem'));
  }

  playSound(): void {
    this.#room?.startAudio().catch(() => undefined);
  }

  /** Whether one is in the call of a room, is about to be, or was just taken out of it. */
  isOrWasIn(room: string): boolean {
    const phase = this.phase.get();
    const isIn = (phase.name === 'call' || phase.name === 'joining') && phase.room === room;
    return isIn || this.#removedFrom === room;
  }

  /** The open microphone, also while it is muted. */
  microphone(): MediaStreamTrack | undefined {
    return this.#room?.microphone();
  }

  /** The call that a reload interrupted: joined and never left. */
  interrupted(): { place: CallPlace; name: string } | undefined {
    const session = loadSession(this.#options.storage);
    if (session?.joined !== true) return undefined;
    const { room, title, channel, name } = session;
    return { place: { room, title, ...(channel !== undefined && { channel }) }, name };
  }

  /** The call that this tab is in, and the token that stands for its part in it. */
  ownCall(): { room: string; token: string } | undefined {
    return this.phase.get().name === 'call' ? loadSession(this.#options.storage) : undefined;
  }

  /** Undefined when another attempt has begun meanwhile. Rejects with an ApiError or a JoinError. */
  async #connect(request: JoinRequest, attempt: number): Promise<CallRoom | undefined> {
    const { open, requestToken, storage } = this.#options;
    const { place, name } = request;
    const { room, channel } = place;
    const session = loadSession(storage);
    const own = session !== undefined && roomKey(session.room) === roomKey(room) ? session.token : undefined;
    const previous = request.previous ?? own;
    const guest = await requestToken({
      ...{ room, name },
      ...(channel !== undefined && { channel }),
      ...(previous !== undefined && { previous }),
    });
    if (attempt !== this.#attempt) return undefined;
    const opened = await open(guest.token, request.devices, this.#eventsOf(attempt));
    if (attempt !== this.#attempt) {
      await opened.disconnect();
      return undefined;
    }
    saveSession(storage, { ...place, name: guest.name, token: guest.token, joined: true });
    return opened;
  }

  #enter(room: CallRoom): void {
    this.#room = room;
    this.connection.connected(room);
    this.roster.regained(room.participants());
    this.#readPlayback();
    this.media.connect(room);
    if (this.listening.deafened.get()) this.#tellDeafened();
    this.#reconciler ??= setInterval(() => {
      this.media.reconcile();
      this.#restHand();
    }, RECONCILE_MS);
  }

  #eventsOf(attempt: number): CallRoomEvents {
    const whileCurrent =
      <A extends unknown[]>(handle: (...args: A) => void) =>
      (...args: A): void => {
        if (attempt === this.#attempt) handle(...args);
      };
    let isReading = false;
    return {
      // Joining a large room tells of many changes at once: one reading for all of them is enough.
      changed: () => {
        if (isReading) return;
        isReading = true;
        setTimeout(() => {
          isReading = false;
          if (attempt === this.#attempt) this.#read();
        });
      },
      speaking: whileCurrent(([loudest]) => {
        if (loudest !== undefined) this.speaker.set(loudest);
      }),
      reconnecting: whileCurrent((whole) => {
        this.connection.reconnecting(whole);
        if (!whole) return;
        this.media.disconnect();
        this.roster.lost();
      }),
      reconnected: whileCurrent(() => {
        if (this.#room !== undefined) this.#enter(this.#room);
      }),
      ended: whileCurrent((reason) => {
        if (reason === 'lost' || reason === 'restarting') void this.#rejoin(reason);
        else this.#end(reason);
      }),
      stopped: whileCurrent((source) => this.media.stopped(source)),
      message: whileCurrent((message) => this.chat.receive(message)),
      reaction: whileCurrent((reaction) => this.reactions.receive(reaction)),
    };
  }

  #read(): void {
    if (this.#room === undefined) return;
    this.roster.update(this.#room.participants());
    this.#readPlayback();
    this.media.reconcile();
    this.#restHand();
  }

  #readPlayback(): void {
    if (this.#room === undefined) return;
    const { canPlaySound, isRecording } = this.#room;
    const before = this.playback.get();
    if (before.canPlaySound === canPlaySound && before.isRecording === isRecording) return;
    this.playback.set({ canPlaySound, isRecording });
  }

  /** The client has given up, perhaps because its token had expired: a new one is asked for before the call ends. */
  async #rejoin(reason: EndReason): Promise<void> {
    const request = this.#request;
    if (request === undefined) return;
    this.#room = undefined;
    const attempt = ++this.#attempt;
    this.media.disconnect();
    this.connection.reconnecting(true);
    this.roster.lost();
    for (const wait of REJOIN_MS) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      if (attempt !== this.#attempt) return;
      try {
        const room = await this.#connect(request, attempt);
        if (room !== undefined) this.#enter(room);
        return;
      } catch (error) {
        if (attempt !== this.#attempt) return;
        // The server has said no, and will not say anything else.
        if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429)
          break;
      }
    }
    this.#end(reason);
  }

  #end(reason: EndReason): void {
    const { place, name = '' } = this.#request ?? {};
    this.#removedFrom = reason === 'removed' ? place?.room : undefined;
    this.#abandon({ name: 'ended', ...(place ?? roomPlace('')), userName: name, end: describeEnd(reason) });
  }

  #abandon(next: CallPhase): void {
    this.#attempt++;
    const session = loadSession(this.#options.storage);
    // A reload shall not lead back into the call.
    if (session !== undefined) saveSession(this.#options.storage, { ...session, joined: false });
    // Before the parts are emptied: an empty part is no news of the call that is over.
    this.phase.set(next);
    this.#close();
  }

  #close(): void {
    clearInterval(this.#reconciler);
    this.#reconciler = undefined;
    void this.#room?.disconnect();
    this.#room = undefined;
    this.media.reset();
    this.connection.ended();
    this.chat.clear();
    this.speaker.set(undefined);
    this.listening.deafened.set(false);
    this.playback.set(SILENT);
    this.roster.clear();
  }

  /** Says who comes and goes, raises a hand or shares a screen, from the moment at which one has joined. */
  #announceChanges(): void {
    let before = this.roster.participants.get();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const compare = () => {
      const now = this.roster.participants.get();
      const said = before.length > 0 && now.length > 0 ? announcementsOf(before, now) : [];
      before = now;
      for (const text of said) this.news.notify(text);
      return said.length > 0;
    };
    const look = () => {
      timer = undefined;
      // What comes soon after is said together.
      if (compare()) timer = setTimeout(look, NEWS_TOGETHER_MS);
    };
    this.roster.participants.subscribe(() => {
      const isOver = this.roster.participants.get().length === 0;
      if (isOver) clearTimeout(timer);
      if (isOver || timer === undefined) look();
    });
  }
}
