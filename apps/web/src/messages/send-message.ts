import type { Message } from '@parley/contract';
import type { QueryClient } from '@tanstack/react-query';
import { messagesApi } from '../api/messages.js';
import { withMessage } from './message-cache.js';
import { changeLoaded, pendingQuery } from './message-queries.js';
import { failed, sending, settled } from './pending-message.js';

/** Shows a message as being sent, and sends it. Sending again with its nonce does not double it. */
export async function sendMessage(
  client: QueryClient,
  channelId: string,
  message: { nonce: string; text: string; time: number },
): Promise<void> {
  const { queryKey } = pendingQuery(channelId);
  const { nonce, text } = message;
  client.setQueryData(queryKey, (pending = []) => sending(pending, message));
  try {
    const sent = await messagesApi.send({
      ...{ channel_id: channelId, text, nonce, thread_id: null, reply_to_id: null },
    });
    showMessage(client, sent, nonce);
  } catch (error) {
    client.setQueryData(queryKey, (pending) => pending && failed(pending, nonce, error));
  }
}

/** Takes back one that did not get through. */
export function dropPending(client: QueryClient, channelId: string, nonce: string): void {
  client.setQueryData(pendingQuery(channelId).queryKey, (pending) => pending && settled(pending, nonce));
}

/** Shows a message that is there, in place of the one that was being sent. */
export function showMessage(client: QueryClient, message: Message, nonce: string): void {
  const { channel_id: channelId } = message;
  changeLoaded(client, channelId, (loaded) => withMessage(loaded, message));
  dropPending(client, channelId, nonce);
}
