import { expect, it } from 'vitest';
import { texts } from '../../src/texts/texts.js';

it.each([
  [['Anna'], 0, '\u2068Anna\u2069 is here'],
  [['Anna', 'Béla'], 0, '\u2068Anna\u2069 and \u2068Béla\u2069 are here'],
  [['Anna', 'Béla'], 3, '\u2068Anna\u2069, \u2068Béla\u2069, and 3 others are here'],
  [['Anna'], 1, '\u2068Anna\u2069 and 1 other are here'],
  [[], 1, '1 person is here'],
  [[], 2, '2 people are here'],
])('says of %j and %i others that they are here', (people, others, said) => {
  expect(texts.lobby.peopleHere(people, others)).toBe(said);
});
