import { describe, expect, it } from 'vitest';
import { announcementsOf } from '../../src/call/announcements.js';
import { participantView } from '../participant-view.js';

const self = participantView('me', { isLocal: true });
const ada = participantView('ada');
const bob = participantView('bob');

describe('announcementsOf', () => {
  it('says who comes and goes', () => {
    expect(announcementsOf([self, ada], [self, bob])).toEqual([
      '\u2068bob\u2069 joined',
      '\u2068ada\u2069 left',
    ]);
  });

  it('counts a crowd instead of naming everybody', () => {
    const crowd = ['a', 'b', 'c', 'd'].map((identity) => participantView(identity));
    expect(announcementsOf([self], [self, ...crowd])).toEqual([
      '\u2068' + (crowd[0]?.name ?? '') + '\u2069 and 3 others joined',
    ]);
  });

  it('names a few in one sentence', () => {
    const few = ['a', 'b'].map((identity) => participantView(identity));
    expect(announcementsOf([self, ...few], [self])).toEqual(['\u2068a\u2069 and \u2068b\u2069 left']);
  });

  it('says whose hand goes up, once, and not whose goes down', () => {
    const raised = { ...ada, handRaisedAt: 5 };
    expect(announcementsOf([self, ada], [self, raised])).toEqual(['\u2068ada\u2069 raised a hand']);
    expect(announcementsOf([self, raised], [self, { ...raised }])).toEqual([]);
    expect(announcementsOf([self, raised], [self, ada])).toEqual([]);
  });

  it('says who begins to share a screen', () => {
    expect(announcementsOf([self, ada], [self, { ...ada, isSharing: true }])).toEqual([
      '\u2068ada\u2069 is sharing a screen',
    ]);
  });

  it('says nothing of oneself', () => {
    expect(announcementsOf([self], [{ ...self, handRaisedAt: 1, isSharing: true }])).toEqual([]);
  });
});
