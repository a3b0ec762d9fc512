import type { Message } from '@parley/contract';

/** A message of ada's in the channel `general`. Ids sort by time. */
export function messageOf(id: string, facts: Partial<Message> = {}): Message {
  return {
    id,
    channel_id: 'general',
    thread_id: null,
    author: { id: 'ada', name: 'ada' },
    text: id,
    created_at: '2026-11-29T12:00:00.000Z',
    edited_at: null,
    deleted: false,
    reply_to: null,
    forwarded: null,
    attachments: [],
    mentions: { people: [], role_ids: [], everyone: null },
    reactions: [],
    thread: null,
    pinned: false,
    saved: false,
    ...facts,
  };
}
