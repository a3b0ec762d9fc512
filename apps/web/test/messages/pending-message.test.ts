import { expect, it } from 'vitest';
import { failed, sending, settled } from '../../src/messages/pending-message.js';

const HELLO = {
  nonce: 'n1',
  text: 'Hello',
  chosen: new Map<string, string>(),
  files: [],
  time: 1,
  replyTo: null,
};

it('keeps a message once, however often it is sent, until it is there', () => {
  const first = sending([], HELLO);
  const lost = failed(first, 'n1', new Error('lost'));
  expect(lost).toMatchObject([{ nonce: 'n1', state: 'failed' }]);
  const again = sending(lost, HELLO);
  expect(again).toEqual([{ ...HELLO, state: 'sending' }]);
  expect(settled(again, 'n1')).toEqual([]);
  // The event came before the request failed.
  expect(failed([], 'n1', new Error('late'))).toEqual([]);
});
