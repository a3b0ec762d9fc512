import { describe, expect, it } from 'vitest';
import { colourOf, initials } from '../../src/lib/avatar.js';

describe('initials', () => {
  it('takes the first letters of the first and last word', () => {
    expect(initials('Ada Lovelace')).toBe('AL');
    expect(initials('Ana María de la Cruz')).toBe('AC');
    expect(initials('ada')).toBe('A');
  });

  it('does not cut characters in two', () => {
    expect(initials('𝒜da 🦊')).toBe('𝒜🦊');
  });

  it('takes a flag or a family for one letter', () => {
    expect(initials('🇩🇪 Grace')).toBe('🇩🇪G');
    expect(initials('👨‍👩‍👧‍👦')).toBe('👨‍👩‍👧‍👦');
    expect(initials('नि')).toBe('नि');
  });

  it('has something to show for an empty name', () => {
    expect(initials('  ')).toBe('?');
  });
});

describe('colourOf', () => {
  it('stays with an identity, whatever the name', () => {
    expect(colourOf({ identity: 'ada', name: 'Ada' })).toBe(colourOf({ identity: 'ada', name: 'Countess' }));
    expect(colourOf({ identity: 'ada', name: 'Ada' })).not.toBe(colourOf({ identity: 'bob', name: 'Ada' }));
  });

  it('stays with the name of a guest, who has a new identity with every visit', () => {
    expect(colourOf({ identity: 'guest-1', name: 'Ada' })).toBe(
      colourOf({ identity: 'guest-2', name: 'ada' }),
    );
    expect(colourOf({ identity: 'guest-1', name: 'Ada' })).not.toBe(
      colourOf({ identity: 'guest-1', name: 'Bob' }),
    );
  });
});
