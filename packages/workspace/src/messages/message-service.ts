import type { Message, MessagePage } from '@parley/contract';
import { changing } from '../communities/visit.js';
import { FloodGate } from '../flood-gate.js';
import type { FloodLimits } from '../flood-gate.js';
import type { ServiceOptions } from '../service-options.js';
import { loadPage } from './message-page.js';
import type { MessagePlace, PageWish } from './message-page.js';
import { loadMessage, loadMessages } from './message-queries.js';
import { openHistory } from './open-channel.js';
import { postMessage } from './post-message.js';
import type { Writing } from './post-message.js';
import { requireMessage, requireThread } from './require-message.js';
import type { MessageAddress } from './require-message.js';

/** Of one person in one channel. */
const POSTS: FloodLimits = { burst: 20, interval: 500 };

/** Writing and reading messages. */
export class MessageService {
  readonly gate: FloodGate;
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions, limits = POSTS) {
    this.#options = options;
    this.gate = new FloodGate('write', limits);
  }

  /** Sending again with the same nonce answers the message that is there. */
  async post(userId: string, writing: Writing): Promise<Message> {
    this.gate.pass(`${userId} ${writing.channelId}`, this.#options.now());
    return changing(this.#options, (change) => postMessage(change, this.#options.random, userId, writing));
  }

  async list(userId: string, place: MessagePlace, wish: PageWish): Promise<MessagePage> {
    const { channelId, threadId } = place;
    const { db } = this.#options;
    await openHistory(this.#options, { userId, channelId });
    if (threadId !== null) await requireThread(db, channelId, threadId);
    const { ids, older, newer } = await loadPage(db, place, wish);
    return { messages: await loadMessages(db, userId, ids), older, newer };
  }

  /** What a link to a message leads to. */
  async get(userId: string, address: MessageAddress): Promise<Message> {
    const { db } = this.#options;
    await openHistory(this.#options, { userId, channelId: address.channelId });
    const { id } = await requireMessage(db, address);
    return loadMessage(db, userId, id);
  }
}
