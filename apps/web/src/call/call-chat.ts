import { addMessage, type ChatMessage } from '../chat/chat-message.js';
import { Store } from '../lib/store.js';
import { texts } from '../texts/texts.js';
import type { CallNews } from './call-news.js';
import type { CallRoom, ReceivedMessage } from './call-room.js';

export interface ChatState {
  messages: readonly ChatMessage[];
  /** Messages of others that came while nobody looked. */
  unread: number;
}

/** A notice is a glance, not the message. */
const NOTICE_LENGTH = 120;

/** The call's messages. They live as long as the call: who comes later does not see the earlier ones. */
export class CallChat {
  readonly state = new Store<ChatState>({ messages: [], unread: 0 });
  readonly #news: CallNews;
  readonly #room: () => CallRoom | undefined;
  #isShown = false;
  #nextId = 0;

  constructor(news: CallNews, room: () => CallRoom | undefined) {
    this.#news = news;
    this.#room = room;
  }

  /** Whether the messages are before the person's eyes. */
  show(isShown: boolean): void {
    this.#isShown = isShown;
    if (isShown) this.state.set({ ...this.state.get(), unread: 0 });
  }

  receive({ id, identity, name, text }: ReceivedMessage): void {
    if (text.trim() === '') return;
    // Senders choose their stream's id: without the identity one could replace a message of another.
    const key = `from:${identity}:${id}`;
    this.#put({ id: key, identity, name, text, time: Date.now(), isOwn: false, state: 'sent' });
    const spoken = texts.chat.received(name, text);
    if (this.#isShown) {
      this.#news.announce(spoken);
      return;
    }
    const { messages, unread } = this.state.get();
    this.state.set({ messages, unread: unread + 1 });
    this.#news.notify(
      spoken.length > NOTICE_LENGTH ? texts.chat.received(name, `${text.slice(0, NOTICE_LENGTH)}…`) : spoken,
    );
  }

  readonly send = (text: string): void => {
    const self = this.#room()
      ?.participants()
      .find(({ isLocal }) => isLocal);
    this.retry({
      id: `own:${this.#nextId++}`,
      identity: self?.identity ?? '',
      name: self?.name ?? '',
      text,
      time: Date.now(),
      isOwn: true,
      state: 'sending',
    });
  };

  /** Sends a message again that did not reach the room. */
  readonly retry = (message: ChatMessage): void => {
    this.#put({ ...message, state: 'sending' });
    const sent = this.#room()?.sendText(message.text) ?? Promise.reject(new Error('Not connected'));
    sent.then(
      () => this.#put({ ...message, state: 'sent' }),
      () => {
        this.#put({ ...message, state: 'failed' });
        this.#news.announce(texts.chat.notSent);
      },
    );
  };

  clear(): void {
    this.state.set({ messages: [], unread: 0 });
  }

  #put(message: ChatMessage): void {
    const { messages, unread } = this.state.get();
    this.state.set({ messages: addMessage(messages, message), unread });
  }
}
