import { expect, it } from 'vitest';
import { rowsOf } from '../../src/messages/message-rows.js';
import { messageOf } from '../messages-fixtures.js';

const at = (id: string, created_at: string, author = 'ada') =>
  messageOf(id, { created_at, author: { id: author, name: author } });

it('groups by author and time, with lines for days and for what is new', () => {
  const messages = [
    at('a', '2026-11-27T12:00:00Z'),
    at('b', '2026-11-27T12:04:00Z'),
    at('c', '2026-11-27T12:05:00Z', 'bob'),
    at('d', '2026-11-27T12:20:00Z', 'bob'),
    at('e', '2026-11-29T12:00:00Z', 'bob'),
    at('f', '2026-11-29T12:01:00Z', 'bob'),
  ];
  const rows = rowsOf(messages, 'f').map((row) =>
    row.kind === 'message' ? `${row.key}${row.isFirst ? '*' : ''}` : row.kind,
  );
  expect(rows).toEqual(['day', 'a*', 'b', 'c*', 'd*', 'day', 'e*', 'new', 'f*']);
});
