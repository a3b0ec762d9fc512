import { describe, expect, it } from 'vitest';
import { hueOf, initials } from '../../src/lib/avatar.js';

describe('initials', () => {
  it('takes the first letters of the first and last word', () => {
    expect(initials('Ada Lovelace')).toBe('AL');
    expect(initials('Ana María de la Cruz')).toBe('AC');
    expect(initials('ada')).toBe('A');
  });

  it('does not cut characters in two', () => {
    expect(initials('𝒜da 🦊')).toBe('𝒜🦊');
  });

  it('has something to show for an empty name', () => {
    expect(initials('  ')).toBe('?');
  });
});

describe('hueOf', () => {
  it('stays with an identity and lies on the colour wheel', () => {
    expect(hueOf('guest-1')).toBe(hueOf('guest-1'));
    expect(hueOf('guest-1')).not.toBe(hueOf('guest-2'));
    for (const identity of ['', 'a', 'guest-17', '林']) {
      expect(hueOf(identity)).toBeGreaterThanOrEqual(0);
      expect(hueOf(identity)).toBeLessThan(360);
    }
  });
});
