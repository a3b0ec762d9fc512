import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanFileName } from '../../src/files/file-name.js';

test.each([
  ['notes.txt', 'notes.txt'],
  ['  two   words .txt ', 'two words .txt'],
  ['C:\\Users\\ann\\notes.txt', 'notes.txt'],
  ['../../etc/passwd', 'passwd'],
  ['folder/', 'folder'],
  ['.htaccess', 'htaccess'],
  ['picture\u202egnp.exe', 'picturegnp.exe'],
  ['a\u0000b\nc.txt', 'abc.txt'],
  ['a<b>:"|?*.txt', 'a_b______.txt'],
  ['שלום.pdf', 'שלום.pdf'],
  ['e\u0301.txt', 'é.txt'],
  ['..', 'file'],
  ['', 'file'],
  ['\u200b', 'file'],
])('%j is called %s', (given, name) => {
  expect(cleanFileName(given)).toBe(name);
});

test('a long name keeps what it ends with', () => {
  const name = cleanFileName(`${'x'.repeat(400)}.tar.gz`);
  expect(name).toHaveLength(200);
  expect(name.endsWith('x.gz')).toBe(true);
});

test('any name can be shown, saved and stored', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
      const name = cleanFileName(given);
      expect(name).not.toMatch(/[/\\\p{Cc}\p{Cf}\p{Cs}]/u);
      expect(Array.from(name).length).toBeGreaterThan(0);
      expect(Array.from(name).length).toBeLessThanOrEqual(255);
    }),
  );
});
