import { describe, expect, test } from 'vitest';
import { EventHistory } from '../../src/event-hub/event-history.js';
import type { PositionedEvent } from '../../src/event-hub/event-history.js';

function eventAt(position: string): PositionedEvent {
  const payload = { community_id: 'kitchen' };
  return { position, event: { type: 'community_left', payload, audience: { userIds: [] } } };
}

function historyOf(...positions: string[]): EventHistory {
  const history = new EventHistory('0', 3);
  for (const position of positions) history.add(eventAt(position));
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
});
