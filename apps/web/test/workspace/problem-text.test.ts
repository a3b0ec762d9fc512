import { expect, it } from 'vitest';
import { ProblemError } from '../../src/api/problem-error.js';
import { problemText } from '../../src/workspace/problem-text.js';

it('says which mistake it is, and something where it knows no words for it', () => {
  const text = (reason?: string) =>
    problemText(new ProblemError('invalid_user_name', 'No.', { field: 'user_name', reason }));
  expect(text('length')).toContain('2 to 32');
  expect(text('unheard_of')).toBe(text());
});

it('tells a wrong password from wrong credentials', () => {
  const text = (field?: string) => problemText(new ProblemError('wrong_credentials', 'No.', { field }));
  expect(text('current_password')).not.toBe(text());
});

it('says how long to wait', () => {
  const text = (retryAfter?: number) =>
    problemText(new ProblemError('too_many_requests', 'No.', { retryAfter }));
  expect(text(1)).toContain('in 1 second.');
  expect(text(30)).toContain('in 30 seconds.');
  expect(text()).toContain('Wait a moment');
});

it('has words for what is no answer at all', () => {
  expect(problemText(new TypeError('x is undefined'))).not.toContain('undefined');
});
