import { Store } from '../lib/store.js';
import type { CallRoom } from './call-room.js';

export interface ConnectionState {
  /** `offline`: the device itself says that it has no network. */
  status: 'connected' | 'reconnecting' | 'offline';
  /** Whether sound and pictures are known to arrive, or nothing speaks against it. */
  mediaFlows: boolean;
}

export const CONNECTED: ConnectionState = { status: 'connected', mediaFlows: true };

const LOOK_EVERY_MS = 1_000;
/** Even a silent call receives reports and checks more often than this. */
const SILENCE_MS = 6_000;

/** What is known of the connection, from the session, the device and what arrives. */
export class ConnectionWatch {
  readonly state = new Store<ConnectionState>(CONNECTED);
  #room: CallRoom | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #bytes: number | undefined;
  #arrivedAt = 0;
  #isReconnecting = false;
  #isWhole = false;
  #isOffline = false;
  #isSilent = false;

  /** There is a connection to this room. */
  connected(room: CallRoom): void {
    this.#room = room;
    this.#isReconnecting = false;
    this.#isWhole = false;
    this.#isSilent = false;
    this.#bytes = undefined;
    this.#arrivedAt = Date.now();
    this.#timer ??= setInterval(() => void this.#look(), LOOK_EVERY_MS);
    this.#update();
  }

  reconnecting(whole: boolean): void {
    this.#isReconnecting = true;
    this.#isWhole ||= whole;
    this.#update();
  }

  /** What the device's `offline` and `online` events say. */
  setOffline(isOffline: boolean): void {
    this.#isOffline = isOffline;
    this.#update();
  }

  ended(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#room = undefined;
    this.#isReconnecting = false;
    this.#isWhole = false;
    this.#isSilent = false;
    this.#update();
  }

  async #look(): Promise<void> {
    const room = this.#room;
    const bytes = await room?.bytesReceived();
    if (room === undefined || room !== this.#room) return;
    const now = Date.now();
    if (bytes === undefined || bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#arrivedAt = now;
    }
    this.#isSilent = now - this.#arrivedAt >= SILENCE_MS;
    this.#update();
  }

  #update(): void {
    const status = this.#isOffline ? 'offline' : this.#isReconnecting ? 'reconnecting' : 'connected';
    const mediaFlows = !this.#isWhole && !this.#isSilent;
    const before = this.state.get();
    if (before.status !== status || before.mediaFlows !== mediaFlows) this.state.set({ status, mediaFlows });
  }
}
