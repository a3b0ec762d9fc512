import { describe, expect, it } from 'vitest';
import { explainMediaProblem, isScreenShareCancelled, mediaProblemOf } from '../../src/lib/media-problem.js';

const named = (name: string) => Object.assign(new Error('x'), { name });

describe('mediaProblemOf', () => {
  it('tells apart what a person can do about it', () => {
    expect(mediaProblemOf(named('NotAllowedError'), true)).toBe('denied');
    expect(mediaProblemOf(named('NotFoundError'), true)).toBe('missing');
    expect(mediaProblemOf(named('NotReadableError'), true)).toBe('busy');
    expect(mediaProblemOf('surprise', true)).toBe('failed');
  });

  it('blames the address when the page is not secure, whatever was thrown', () => {
    expect(mediaProblemOf(new TypeError('undefined'), false)).toBe('insecure');
  });
});

describe('explainMediaProblem', () => {
  it('names the device', () => {
    expect(explainMediaProblem('missing', ['microphone']).title).toBe('No microphone found');
    expect(explainMediaProblem('insecure', ['camera']).detail).toContain('HTTPS');
  });

  it('speaks of several devices at once', () => {
    expect(explainMediaProblem('denied', ['camera', 'microphone'])).toEqual({
      title: 'Your camera and microphone are blocked',
      detail: 'Allow them for this page in the address bar of your browser, then try again.',
    });
  });
});

it('does not call a closed screen chooser a problem', () => {
  expect(isScreenShareCancelled(named('NotAllowedError'))).toBe(true);
  expect(isScreenShareCancelled(named('NotReadableError'))).toBe(false);
});
