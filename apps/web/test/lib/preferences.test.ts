import { describe, expect, it } from 'vitest';
import { DEFAULT_PREFERENCES, loadPreferences, savePreferences } from '../../src/lib/preferences.js';
import { MemoryStorage } from '../memory-storage.js';

describe('preferences', () => {
  it('are the defaults in a new browser', () => {
    expect(loadPreferences(new MemoryStorage())).toEqual(DEFAULT_PREFERENCES);
  });

  it('come back as they were saved', () => {
    const storage = new MemoryStorage();
    const chosen = {
      ...DEFAULT_PREFERENCES,
      name: 'Ada',
      theme: 'dark' as const,
      cameraOn: false,
      speakerId: 'x',
    };
    savePreferences(storage, chosen);
    expect(loadPreferences(storage)).toEqual(chosen);
  });

  it('keep what is valid of what was stored and default the rest', () => {
    const storage = new MemoryStorage();
    storage.setItem('parley.preferences', '{"name":"Ada","theme":"neon","cameraOn":"no","mirrorSelf":false}');
    expect(loadPreferences(storage)).toEqual({ ...DEFAULT_PREFERENCES, name: 'Ada', mirrorSelf: false });
  });

  it('are the defaults when the stored text is no object', () => {
    for (const text of ['', '{', 'null', '[]', '"x"']) {
      const storage = new MemoryStorage();
      storage.setItem('parley.preferences', text);
      expect(loadPreferences(storage)).toEqual(DEFAULT_PREFERENCES);
    }
  });

  it('work without storage', () => {
    const forbidden = {
      getItem: () => {
        throw new Error('forbidden');
      },
      setItem: () => {
        throw new Error('forbidden');
      },
    };
    savePreferences(forbidden, DEFAULT_PREFERENCES);
    expect(loadPreferences(forbidden)).toEqual(DEFAULT_PREFERENCES);
  });
});
