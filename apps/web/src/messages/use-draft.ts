import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { MESSAGE_LENGTH } from '@parley/contract';
import { messagesApi } from '../api/messages.js';
import { loadUnsaved, saveUnsaved } from './draft.js';
import { draftIn, draftsQuery } from './draft-queries.js';
import type { MessageRowPlace } from './message-queries.js';

const SAVE_AFTER_MS = 1000;

/**
 * What is written and not sent yet, the same on all devices: the server keeps it, and this browser what it has not taken
 * yet. What comes from another device is shown unless one has gone on here.
 */
export function useDraft(me: string, place: MessageRowPlace): [string, (text: string) => void] {
  const key = place.threadId ?? place.channelId;
  const { data: drafts } = useQuery(draftsQuery);
  const kept = drafts && (draftIn(drafts, place)?.text ?? '');
  const [text, setText] = useState(() => loadUnsaved(me, key));
  const [known, setKnown] = useState<string>();
  /** What was sent to the server last: what it tells of that is no news. */
  const [sent, setSent] = useState<string>();
  if (kept !== undefined && kept !== known) {
    setKnown(kept);
    if (kept !== sent && text === (known ?? '')) setText(kept);
  }

  const isUnsaved = kept !== undefined && text !== kept && text !== sent;
  const save = useRef<() => void>(undefined);
  useEffect(() => {
    if (!isUnsaved) {
      save.current = undefined;
      return;
    }
    const saving = () => {
      save.current = undefined;
      setSent(text);
      void keep(me, place, text);
    };
    save.current = saving;
    const timer = setTimeout(saving, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isUnsaved, text, me, place]);
  // Who goes elsewhere does not wait.
  useEffect(() => () => save.current?.(), []);

  const write = (next: string) => {
    setText(next);
    saveUnsaved(me, key, next);
  };
  return [text, write];
}

async function keep(me: string, { channelId, threadId }: MessageRowPlace, text: string): Promise<void> {
  const isEmpty = text.trim() === '';
  // The server keeps what could be sent.
  if (Array.from(text).length > MESSAGE_LENGTH) return;
  try {
    await messagesApi.keepDraft({
      ...{ channel_id: channelId, thread_id: threadId, reply_to_id: null, text: isEmpty ? null : text },
    });
    const key = threadId ?? channelId;
    if (loadUnsaved(me, key) === text) saveUnsaved(me, key, '');
  } catch {
    // It stays in this browser.
  }
}
