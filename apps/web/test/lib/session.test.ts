import { describe, expect, it } from 'vitest';
import { loadSession, saveSession } from '../../src/lib/session.js';
import { MemoryStorage } from '../memory-storage.js';

const SESSION = { room: 'r', title: 'R', name: 'Ada', token: 't', joined: true };

describe('session', () => {
  it('is absent in a new tab', () => {
    expect(loadSession(new MemoryStorage())).toBeUndefined();
  });

  it('survives a reload', () => {
    const storage = new MemoryStorage();
    saveSession(storage, SESSION);
    expect(loadSession(storage)).toEqual(SESSION);
  });

  it('knows the channel of a call', () => {
    const storage = new MemoryStorage();
    const session = { ...SESSION, channel: { id: '1', communityId: '2' } };
    saveSession(storage, session);
    expect(loadSession(storage)).toEqual(session);
  });

  it('knows the conversation of a call', () => {
    const storage = new MemoryStorage();
    const session = { ...SESSION, channel: { id: '1', communityId: null } };
    saveSession(storage, session);
    expect(loadSession(storage)).toEqual(session);
  });

  it('is dropped when a part of it is missing', () => {
    const storage = new MemoryStorage();
    storage.setItem('parley.session', '{"room":"r","name":"Ada","joined":true}');
    expect(loadSession(storage)).toBeUndefined();
  });

  it('counts as left unless it says that it was joined', () => {
    const storage = new MemoryStorage();
    storage.setItem('parley.session', '{"room":"r","name":"Ada","token":"t","joined":1}');
    expect(loadSession(storage)?.joined).toBe(false);
  });
});
