import { useCallback, useRef } from 'react';
import { messagesApi } from '../api/messages.js';
import type { MessageRowPlace } from './message-queries.js';
import { SAY_EVERY_MS } from './typing.js';

/** Tells others that one types, whenever it is called, and no more often than makes sense. */
export function useTyping({ channelId, threadId }: MessageRowPlace): () => void {
  const said = useRef(-Infinity);
  return useCallback(() => {
    const now = performance.now();
    if (now - said.current < SAY_EVERY_MS) return;
    said.current = now;
    // What is not told is not missed.
    void messagesApi.typing({ channel_id: channelId, thread_id: threadId }).catch(() => undefined);
  }, [channelId, threadId]);
}
