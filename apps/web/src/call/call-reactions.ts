import { Store } from '../lib/store.js';
import {
  decodeReaction,
  laneOf,
  MOST_FLYING,
  REACTIONS,
  type FlyingReaction,
} from '../reactions/reaction.js';
import { texts } from '../texts/texts.js';
import type { CallNews } from './call-news.js';
import type { CallRoom, ReceivedReaction } from './call-room.js';

const FLIGHT_MS = 3600;
/** Quicker than this nobody can follow: further presses are dropped. */
const SEND_INTERVAL_MS = 200;

/** Reactions of everybody, for the moment in which they are seen. */
export class CallReactions {
  readonly flying = new Store<readonly FlyingReaction[]>([]);
  readonly #news: CallNews;
  readonly #room: () => CallRoom | undefined;
  #nextId = 1;
  #sentAt = -Infinity;

  constructor(news: CallNews, room: () => CallRoom | undefined) {
    this.#news = news;
    this.#room = room;
  }

  receive({ name, payload }: ReceivedReaction): void {
    const emoji = decodeReaction(payload);
    if (emoji === undefined) return;
    this.#fly(emoji, name);
    const known = REACTIONS.find((reaction) => reaction.emoji === emoji);
    this.#news.announce(texts.chat.received(name, known === undefined ? emoji : texts.reactions[known.name]));
  }

  readonly send = (emoji: string): void => {
    const now = Date.now();
    if (now - this.#sentAt < SEND_INTERVAL_MS) return;
    this.#sentAt = now;
    this.#fly(emoji, texts.people.you);
    // Lossy on purpose: a late reaction is worth nothing, so nothing is said about a lost one.
    this.#room()
      ?.sendReaction(new TextEncoder().encode(emoji))
      .catch(() => undefined);
  };

  #fly(emoji: string, name: string): void {
    const current = this.flying.get();
    if (current.length >= MOST_FLYING) return;
    const id = this.#nextId++;
    this.flying.set([...current, { id, emoji, name, lane: laneOf(id) }]);
    setTimeout(() => this.flying.set(this.flying.get().filter((reaction) => reaction.id !== id)), FLIGHT_MS);
  }
}
