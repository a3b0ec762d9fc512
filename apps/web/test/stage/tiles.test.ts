import { describe, expect, it } from 'vitest';
import { describeTile, focusedTile, tilesOf } from '../../src/stage/tiles.js';
import { participantView } from '../participant-view.js';

const self = participantView('me', { isLocal: true });
const ada = participantView('ada');
const bob = participantView('bob');

describe('tilesOf', () => {
  it('puts shared screens before cameras', () => {
    const keys = tilesOf([self, { ...ada, isSharing: true }]).map((tile) => tile.key);
    expect(keys).toEqual(['ada:screen', 'me:camera', 'ada:camera']);
  });
});

describe('focusedTile', () => {
  const keyOf = (participants: Parameters<typeof tilesOf>[0], pinned?: string, speaker?: string) =>
    focusedTile(tilesOf(participants), pinned, speaker)?.key;

  it('prefers what was pinned', () => {
    expect(keyOf([self, { ...ada, isSharing: true }, bob], 'bob:camera', 'ada')).toBe('bob:camera');
  });

  it('then the shared screen of somebody else', () => {
    expect(keyOf([{ ...self, isSharing: true }, { ...ada, isSharing: true }, bob], undefined, 'bob')).toBe(
      'ada:screen',
    );
    expect(keyOf([{ ...self, isSharing: true }, ada])).toBe('ada:camera');
    expect(keyOf([{ ...self, isSharing: true }])).toBe('me:screen');
  });

  it('then who spoke last, then the first other, then oneself', () => {
    expect(keyOf([self, ada, bob], undefined, 'bob')).toBe('bob:camera');
    expect(keyOf([self, ada, bob], undefined, 'gone')).toBe('ada:camera');
    expect(keyOf([self])).toBe('me:camera');
  });
});

describe('describeTile', () => {
  it('says what can be seen', () => {
    const [tile] = tilesOf([{ ...ada, isMicrophoneOn: false, handRaisedAt: 1, connection: 'poor' }]);
    expect(tile && describeTile(tile)).toBe('ada, microphone off, camera off, hand raised, poor connection');
  });

  it('says that a picture stands still', () => {
    const [screen, camera] = tilesOf([
      { ...ada, isSharing: true, isCameraPaused: true, isScreenPaused: true },
    ]);
    expect(screen && describeTile(screen)).toBe('Screen of ada, paused');
    expect(camera && describeTile(camera)).toContain('picture paused');
  });

  it('says whose screen it is', () => {
    const [tile] = tilesOf([{ ...self, isSharing: true }]);
    expect(tile && describeTile(tile)).toBe('Screen of me (you)');
  });
});
