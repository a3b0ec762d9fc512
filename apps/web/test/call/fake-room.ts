import type { CallRoom, CallRoomEvents } from '../../src/call/call-room.js';
import type { ParticipantView } from '../../src/call/participants.js';
import type { MediaSource } from '../../src/lib/media-problem.js';
import { participantView } from '../participant-view.js';

/** A room without a network: what is published is a set, and whatever a test wants to happen it makes happen. */
export class FakeRoom implements CallRoom {
  canPlaySound = true;
  isRecording = false;
  isDisconnected = false;
  others: ParticipantView[] = [];
  /** What is special about oneself. */
  self: Partial<ParticipantView> = {};
  bytes: number | undefined;
  readonly events: CallRoomEvents;
  readonly published = new Set<MediaSource>();
  readonly texts: string[] = [];
  readonly hands: (number | undefined)[] = [];
  /** Thrown by the next attempts to publish, first to last; then they succeed. */
  readonly failures: Error[] = [];

  constructor(events: CallRoomEvents) {
    this.events = events;
  }

  participants(): ParticipantView[] {
    const self = { isLocal: true, isMicrophoneOn: this.published.has('microphone'), ...this.self };
    return [participantView('me', self), ...this.others];
  }

  isPublished(source: MediaSource): boolean {
    return this.published.has(source);
  }

  async setPublished(source: MediaSource, on: boolean): Promise<void> {
    await Promise.resolve();
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    if (on) this.published.add(source);
    else this.published.delete(source);
  }

  setHand(at: number | undefined): Promise<void> {
    this.hands.push(at);
    return Promise.resolve();
  }

  setDeafened(deafened: boolean): Promise<void> {
    this.self = { ...this.self, isDeafened: deafened };
    return Promise.resolve();
  }

  sendText(text: string): Promise<void> {
    this.texts.push(text);
    return Promise.resolve();
  }

  sendReaction(): Promise<void> {
    return Promise.resolve();
  }

  switchDevice(): Promise<void> {
    return Promise.resolve();
  }

  startAudio(): Promise<void> {
    return Promise.resolve();
  }

  microphone(): undefined {
    return undefined;
  }

  bytesReceived(): Promise<number | undefined> {
    return Promise.resolve(this.bytes);
  }

  disconnect(): Promise<void> {
    this.isDisconnected = true;
    return Promise.resolve();
  }
}
