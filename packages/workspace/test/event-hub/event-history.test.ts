import type { MessageFacts } from '@parley/contract';
import { describe, expect, test } from 'vitest';
import { EventHistory } from '../../src/event-hub/event-history.js';
import type { PositionedEvent } from '../../src/event-hub/event-history.js';
import type { WorkspaceEvent } from '../../src/events.js';

function eventAt(position: string): PositionedEvent {
  const payload = { community_id: 'kitchen' };
  return { position, event: { type: 'community_left', payload, audience: { userIds: [] } } };
}

function historyOf(...positions: string[]): EventHistory {
  const history = new EventHistory('0', { events: 3, characters: 100 });
  for (const position of positions) history.add(eventAt(position), 10);
  return history;
}

const after = (history: EventHistory, position: string) =>
  history.after(position)?.map((event) => event.position);

describe('the history of events', () => {
  test('begins where the server began', () => {
    expect(historyOf().position).toBe('0');
    expect(after(historyOf(), '0')).toEqual([]);
    expect(after(historyOf('1', '2'), '0')).toEqual(['1', '2']);
  });

  test('has what came after a position', () => {
    const history = historyOf('1', '2', '3');
    expect(history.position).toBe('3');
    expect(after(history, '1')).toEqual(['2', '3']);
    expect(after(history, '3')).toEqual([]);
  });

  test('does not know of positions that it never had', () => {
    expect(after(historyOf('1', '2'), '7')).toBeUndefined();
  });

  test('keeps the newest, and knows what it has no longer', () => {
    const history = historyOf('1', '2', '3', '4', '5', '6', '7');
    expect(after(history, '2')).toBeUndefined();
    expect(after(history, '3')).toEqual(['4', '5', '6', '7']);
    expect(after(history, '6')).toEqual(['7']);
  });

  test('keeps so many characters, however few the events', () => {
    const history = historyOf('1', '2');
    history.add(eventAt('3'), 90);
    expect(after(history, '0')).toEqual(['1', '2', '3']);
    history.add(eventAt('4'), 90);
    expect(after(history, '2')).toBeUndefined();
    expect(after(history, '3')).toEqual(['4']);
    history.add(eventAt('5'), 500);
    expect(after(history, '4')).toBeUndefined();
    expect(after(history, '5')).toEqual([]);
    expect(history.position).toBe('5');
  });
});

describe('a message that is deleted', () => {
  const message = (id: string, text: string, others: Partial<MessageFacts> = {}): WorkspaceEvent => ({
    type: 'message_created',
    payload: {
      message: {
        ...{ id, channel_id: 'c', thread_id: null, author: null, text, created_at: 'now', edited_at: null },
        ...{ deleted: false, reply_to: null, forwarded: null, attachments: [] },
        mentions: { people: [{ id: 'ann', name: 'Ann' }], role_ids: [], everyone: null },
        ...others,
      },
      nonce: id,
    },
    audience: { userIds: [] },
  });
  const preview = { id: 'm', channel_id: 'c', author: null, text: 'a secret', files: 0, deleted: false };
  const quote = { ...preview, mentions: { people: [{ id: 'bob', name: 'a secret' }], role_ids: [] } };
  const inChannel = { id: 'm', channel_id: 'c', thread_id: null };

  test('is not told again, nor where it is quoted, passed on or changed', () => {
    const history = new EventHistory('0', { events: 9, characters: 9_000 });
    const mentions = { people: [], role_ids: [], everyone: null };
    const edited = { ...inChannel, text: 'another secret', edited_at: 'then', mentions };
    const events: WorkspaceEvent[] = [
      message('m', 'a secret'),
      message('answer', 'Indeed', { reply_to: quote }),
      message('copy', '', { forwarded: { ...preview, attachments: [] } }),
      message('other', 'Hello', {
        reply_to: { ...quote, id: 'n', text: 'Hi', mentions: { people: [], role_ids: [] } },
      }),
      { type: 'message_edited', payload: edited, audience: { userIds: [] } },
      { type: 'message_deleted', payload: inChannel, audience: { userIds: [] } },
    ];
    events.forEach((event, index) => {
      history.add({ position: String(index + 1), event }, 100);
    });
    const told = history.after('0')!;
    expect(told.map(({ position }) => position)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(JSON.stringify(told)).not.toContain('secret');
    expect(told[0]?.event).toMatchObject({ payload: { message: { deleted: true, mentions } } });
    expect(told[1]?.event).toMatchObject({
      payload: { message: { text: 'Indeed', reply_to: { deleted: true } } },
    });
    expect(told[3]?.event).toBe(events[3]);
  });
});
