import { expect, it } from 'vitest';
import { decodeMentions, encodeMentions, openNames } from '../../src/messages/mention-text.js';

const BOB = '<@00000000-0000-7000-8000-000000000001>';
const BOBBY = '<@00000000-0000-7000-8000-000000000002>';
const CHOSEN = new Map([
  ['@bob', BOB],
  ['@Bob Marley', BOBBY],
]);
const nameOf = (_sign: string, id: string) => (BOB.includes(id) ? 'bob' : undefined);

it('sends ids for the names that were chosen', () => {
  expect(encodeMentions('@bob, ask @Bob Marley!', CHOSEN)).toBe(`${BOB}, ask ${BOBBY}!`);
  expect(encodeMentions('@bobby and a@bob', CHOSEN)).toBe('@bobby and a@bob');
  expect(encodeMentions('`@bob` ```\n@bob\n``` \\@bob', CHOSEN)).toBe('`@bob` ```\n@bob\n``` \\@bob');
});

it('shows names again when a message is changed, and keeps what has none', () => {
  const { text, chosen } = decodeMentions(`${BOB} and ${BOBBY} in \`${BOB}\``, nameOf);
  expect(text).toBe(`@bob and ${BOBBY} in \`${BOB}\``);
  expect(encodeMentions(text, chosen)).toBe(`${BOB} and ${BOBBY} in \`${BOB}\``);
});

it('finds the names of which none was chosen', () => {
  expect(openNames('Hi @ann, @bob. @ann: see ann@example.org `@eve`', CHOSEN)).toEqual(['ann']);
  expect(openNames('@max.muster. @a-b-', new Map())).toEqual(['max.muster', 'a-b']);
});

it.each(Array.from('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'))('takes a name with %s as it is', (character) => {
  const name = `@Stand${character}up`;
  expect(encodeMentions('Good morning', new Map([[name, BOB]]))).toBe('Good morning');
  const sent = character === '`' ? 'x' : `Ask ${name}.`;
  expect(encodeMentions(sent, new Map([[name, BOB]]))).toBe(sent.replace(name, BOB));
});
