import { expect, it } from 'vitest';
import { inviteIn } from '../../src/administration/invite-code.js';

const ORIGIN = 'https://chat.example.com';
const CODE = 'AbC-012_xyzQWERT';

it.each([
  [`${ORIGIN}/invite/${CODE}`, { code: CODE }],
  [`  ${ORIGIN}/invite/${CODE}/?from=mail \n`, { code: CODE }],
  [CODE, { code: CODE }],
  [`https://other.example.com/invite/${CODE}`, { wrong: 'otherServer' }],
  [`${ORIGIN}/invite/${CODE.slice(1)}`, { wrong: 'noLink' }],
  [`${ORIGIN}/c/${CODE}`, { wrong: 'noLink' }],
  ['hello', { wrong: 'noLink' }],
  ['', { wrong: 'noLink' }],
])('%s', (text, expected) => {
  expect(inviteIn(text, ORIGIN)).toEqual(expected);
});
