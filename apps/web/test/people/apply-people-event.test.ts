import { expect, test } from 'vitest';
import { related } from '../../src/people/apply-people-event.js';
import { personOf } from '../people-fixtures.js';

const NOBODY = { friends: [], incoming: [], outgoing: [], blocked: [] };
const BOB = personOf('bob');

test('somebody stands in one list: that of what they are now', () => {
  const asked = related(NOBODY, { person: BOB, relation: 'incoming' });
  expect(asked).toEqual({ ...NOBODY, incoming: [BOB] });
  expect(related(asked, { person: BOB, relation: 'friend' })).toEqual({ ...NOBODY, friends: [BOB] });
  expect(related(asked, { person: BOB, relation: null })).toEqual(NOBODY);
  expect(asked).toEqual({ ...NOBODY, incoming: [BOB] });
});
