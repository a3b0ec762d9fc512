import type { Message } from '@parley/contract';
import type { QueryClient } from '@tanstack/react-query';
import { messagesApi } from '../api/messages.js';
import { addLoaded, pendingQuery, type MessageRowPlace } from './message-queries.js';
import { resolveMentions, type MentionPlace } from './resolve-mentions.js';
import { failed, sending, settled, type Outgoing } from './pending-message.js';

/** Shows a message as being sent, and sends it. Sending again with its nonce does not double it. */
export async function sendMessage(
  client: QueryClient,
  place: MessageRowPlace & MentionPlace,
  message: Outgoing,
): Promise<void> {
  const { queryKey } = pendingQuery(place);
  const { nonce, text, files, chosen, replyTo } = message;
  client.setQueryData(queryKey, (pending = []) => sending(pending, message));
  try {
    const attachments = await Promise.all(files.map((file) => file.attachment()));
    const sent = await messagesApi.send({
      ...{ channel_id: place.channelId, thread_id: place.threadId },
      attachment_ids: attachments.map(({ id }) => id),
      ...{ text: await resolveMentions(text, chosen, place), nonce, reply_to_id: replyTo?.id ?? null },
    });
    showMessage(client, sent, nonce);
    for (const file of files) file.forget();
  } catch (error) {
    client.setQueryData(queryKey, (pending) => pending && failed(pending, nonce, error));
  }
}

/** Takes back one that did not get through. */
export function dropPending(client: QueryClient, place: MessageRowPlace, nonce: string): void {
  client.setQueryData(pendingQuery(place).queryKey, (pending) => pending && settled(pending, nonce));
}

/** Shows a message that is there, in place of the one that was being sent. */
export function showMessage(client: QueryClient, message: Message, nonce: string): void {
  addLoaded(client, message);
  dropPending(client, { channelId: message.channel_id, threadId: message.thread_id }, nonce);
}
