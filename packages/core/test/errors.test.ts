import { expect, test } from 'vitest';
import { CodedError, errorCode, errorText, OperatorError } from '../src/index.js';

test('an error has a code for programs and a sentence for people', () => {
  const error = new CodedError('room_full', 'The room is full.', { field: 'room', remedy: 'Try another.' });
  expect(error).toMatchObject({ code: 'room_full', field: 'room', remedy: 'Try another.' });
  expect([errorCode(error), errorText(error)]).toEqual(['room_full', 'The room is full.']);
});

test('an error for the operator is one of them', () => {
  const error = new OperatorError('keys_unusable', 'The key file is gone.');
  expect(error).toBeInstanceOf(CodedError);
  expect(String(error)).toBe('OperatorError: The key file is gone.');
});

test('what was thrown may be anything', () => {
  expect([errorCode('x'), errorText('x')]).toEqual([undefined, 'x']);
  expect(errorCode(Object.assign(new Error(), { code: 7 }))).toBeUndefined();
});
