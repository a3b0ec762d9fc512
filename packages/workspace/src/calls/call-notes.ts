import { openChannel } from '../messages/open-channel.js';
import { factsOf } from '../messages/message-answer.js';
import { loadMessage } from '../messages/message-queries.js';
import { changing } from '../communities/visit.js';
import { newId } from '../ids.js';
import { searchVector } from '../search/words.js';
import type { ServiceOptions } from '../service-options.js';
import type { EndedCall } from './ringing.js';

/** Writes into conversations that there was a call. */
export class CallNotes {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** A message of the caller's. Rejects where they are not in the conversation any more. */
  async write({ channelId, call: { callerId }, milliseconds }: EndedCall): Promise<void> {
    const { random } = this.#options;
    await changing(this.#options, async ({ trx, events, now }) => {
      const open = await openChannel(trx, { userId: callerId, channelId, now });
      const id = newId(now, random);
      const seconds = milliseconds === undefined ? null : Math.round(milliseconds / 1000);
      await trx
        .insertInto('messages')
        .values({
          ...{ id, channel_id: channelId, thread_id: null, author_id: callerId, nonce: null, text: '' },
          ...{ search: searchVector(''), has_link: false, mentions_everyone: null, reply_to_id: null },
        })
        .execute();
      await trx.insertInto('message_calls').values({ message_id: id, seconds }).execute();
      const message = factsOf(await loadMessage(trx, callerId, id));
      events.push({ type: 'message_created', payload: { message, nonce: id }, audience: open.audience });
    });
  }
}
