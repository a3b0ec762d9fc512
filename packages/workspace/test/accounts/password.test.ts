import { PasswordHasher, passwordMistake } from '@parley/workspace';
import { expect, test } from 'vitest';

test.each(['correct horse', 'Tr0ub4dor&3x', 'пароль очень', '🐎🔋📎✅🐎🔌📎✔🚂🎈'])(
  '%s is a password',
  (password) => {
    expect(passwordMistake(password, 'ann')).toBe(undefined);
  },
);

test.each([
  ['', 'short'],
  ['ninechars', 'short'],
  ['🐎'.repeat(9), 'short'],
  ['x'.repeat(257), 'long'],
  ['aaaaaaaaaa', 'guessable'],
  ['abcabcabcabc', 'guessable'],
  ['1234567890', 'guessable'],
  ['qwertyuiop', 'guessable'],
  ['Password123!', 'guessable'],
  ['marguerite', 'guessable'],
  ['Marguerite1', 'guessable'],
])('%j is none: %s', (password, mistake) => {
  expect(passwordMistake(password, 'marguerite')).toBe(mistake);
});

test('a password matches its hash alone, which is argon2id with a salt of its own', async () => {
  const hasher = new PasswordHasher();
  const [one, other] = await Promise.all([hasher.hash('correct horse'), hasher.hash('correct horse')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
  expect(await hasher.matches(one, 'correct horse')).toBe(true);
  expect(await hasher.matches(one, 'Correct horse')).toBe(false);
  expect(await hasher.matches(undefined, 'nobody has this password')).toBe(false);
});

test('it makes no difference how a keyboard composes a character', async () => {
  const hasher = new PasswordHasher();
  expect(await hasher.matches(await hasher.hash('geheim für'), 'geheim fu\u0308r')).toBe(true);
});

test('many at once are all answered, also when some fail', async () => {
  const hasher = new PasswordHasher();
  const stored = await hasher.hash('correct horse');
  const asked = ['correct horse', 'wrong', 'correct horse', 'wrong', 'wrong', 'correct horse'];
  const broken = hasher.matches('no hash at all', 'correct horse').catch(() => 'failed');
  const answers = await Promise.all(asked.map((password) => hasher.matches(stored, password)));
  expect(answers).toEqual([true, false, true, false, false, true]);
  expect(await broken).toBe('failed');
});
