import { expect, it } from 'vitest';
import { quoteOf } from '../../src/messages/quote.js';

const BOB = '01890a5d-ac96-774b-bcce-b302099a8057';
const mentions = { people: [{ id: BOB, name: 'Bob' }], role_ids: [] };

it('names who is called, in words without what formats them', () => {
  const quote = quoteOf({ text: `**Soup**, <@${BOB}>?\n||Leek||`, mentions }, { community: undefined });
  expect(quote).toBe('Soup, @Bob? ▮▮▮');
});
