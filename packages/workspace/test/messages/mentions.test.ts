import { parseMentions } from '@parley/workspace';
import { expect, test } from 'vitest';

const ANN = '0193a2f0-7c1e-7abc-8def-0123456789ab';
const BOB = '0193a2f0-7c1e-7abc-8def-0123456789ac';
const NOBODY = { userIds: [], roleIds: [], everyone: null };

test('people and roles are called once each, however often they stand in a text', () => {
  expect(parseMentions(`<@${ANN}> and <@&${BOB}>, <@${BOB}>, <@${ANN}>`)).toEqual({
    ...{ userIds: [ANN, BOB], roleIds: [BOB], everyone: null },
  });
});

test.each([
  ['@here look', 'here'],
  ['look, @channel!', 'channel'],
  ['(@everyone)', 'channel'],
  ['@here and @channel', 'channel'],
  ['@hereabouts', null],
  ['mail me: ann@here', null],
  ['ann.@here', null],
  ['@here-and-there', null],
  ['\\@here', null],
  ['\\\\@here', 'here'],
])('%s calls %s', (text, everyone) => {
  expect(parseMentions(text)).toEqual({ ...NOBODY, everyone });
});

test.each([
  ['a span', `\`<@${ANN}> @here\``],
  ['a span with more marks', `\`\`\` <@${ANN}> \` @here \`\`\``],
  ['a span over lines', `a \`b\n<@${ANN}> @here\` c`],
  ['a span that ends behind a backslash', `\`@here \\\``],
  ['a block', `before\n\`\`\`ts\n<@${ANN}>\n@here\n\`\`\`\nafter`],
  ['a block that nothing ends', `~~~\n<@${ANN}> @here\n\`\`\``],
  ['a block with fewer marks in it', `\`\`\`\`\n\`\`\`\n@here\n\`\`\`\``],
  ['an escape', `\\<@${ANN}>`],
])('%s calls nobody', (_what, text) => {
  expect(parseMentions(text)).toEqual(NOBODY);
});

test.each([
  ['a mark that nothing closes', `\` <@${ANN}>`],
  ['runs of different lengths', `\`\` <@${ANN}> \``],
  ['a mark behind a backslash', `\\\`<@${ANN}>\``],
  ['behind a block', `\`\`\`\ncode\n\`\`\`\n<@${ANN}>`],
  ['behind a span that looks like a block', `\`\`\`code\`\`\`\n<@${ANN}>`],
])('%s is no code', (_what, text) => {
  expect(parseMentions(text)).toEqual({ ...NOBODY, userIds: [ANN] });
});

test('what looks like an id and is none calls nobody', () => {
  expect(parseMentions(`<@${ANN.slice(1)}> <@> <@&> <@${ANN.toUpperCase()}> <#${ANN}>`)).toEqual(NOBODY);
});
