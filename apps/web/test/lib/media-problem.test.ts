import { describe, expect, it } from 'vitest';
import { describeMediaError, isScreenShareCancelled } from '../../src/lib/media-problem.js';

const named = (name: string) => Object.assign(new Error('x'), { name });

describe('describeMediaError', () => {
  it('tells apart what a person can do about it', () => {
    expect(describeMediaError('camera', named('NotAllowedError'), true).kind).toBe('denied');
    expect(describeMediaError('camera', named('NotFoundError'), true).kind).toBe('missing');
    expect(describeMediaError('camera', named('NotReadableError'), true).kind).toBe('busy');
    expect(describeMediaError('camera', 'surprise', true).kind).toBe('failed');
  });

  it('blames the address when the page is not secure, whatever was thrown', () => {
    const problem = describeMediaError('microphone', new TypeError('undefined'), false);
    expect(problem.kind).toBe('insecure');
    expect(problem.detail).toContain('HTTPS');
  });

  it('names the device', () => {
    expect(describeMediaError('microphone', named('NotFoundError'), true).title).toContain('microphone');
  });
});

it('does not call a closed screen chooser a problem', () => {
  expect(isScreenShareCancelled(named('NotAllowedError'))).toBe(true);
  expect(isScreenShareCancelled(named('NotReadableError'))).toBe(false);
});
