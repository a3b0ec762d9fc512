import { describe, expect, test } from 'vitest';
import { brokenString } from '../../../src/http/v1/plain-strings.js';
import { problemOf, startServer } from './client.js';

describe('a body', () => {
  test.each(['null', '7', '"x"', '[]', 'true'])(
    'that is %s is told in plain words what it has to be',
    async (body) => {
      const { client, failed } = await startServer();
      for (const path of ['session', 'invites/abc/account']) {
        const answer = await client().ask('POST', path, body);
        expect(problemOf(answer)).toMatchObject({
          status: 400,
          code: 'invalid_request',
          title: 'What is sent has to be a JSON object.',
        });
      }
      expect(failed).toEqual([]);
    },
  );

  test.each(['a\0b', '\ud800', 'x\udc00y'])(
    'with %j in a string is refused, and the field is named',
    async (text) => {
      const { client, failed } = await startServer();
      const answer = await client().post('session', { user_name: text, password: 'a long way home' });
      expect(problemOf(answer)).toMatchObject({ status: 400, code: 'invalid_request', field: 'user_name' });
      expect(failed).toEqual([]);
    },
  );
});

describe('a broken string', () => {
  test('is found wherever it stands', () => {
    expect(brokenString({ a: [{ b: 'good 👍' }, { b: '\0' }] })).toBe('a.1.b');
    expect(brokenString({ a: [1, null, true, '👍'], b: undefined })).toBeUndefined();
  });

  test('is found however deep', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(30_000)}"\\u0000"${']'.repeat(30_000)}`);
    expect(brokenString(deep)).toMatch(/^0\.0/);
  });
});
