import { describe, expect, test } from 'vitest';
import { grantsFromClaims, type VideoGrant } from '@parley/access';
import { permissionsFromGrants } from '../src/index.js';
import { participantKind } from '../src/grants.js';

function permissions(video: VideoGrant) {
  return permissionsFromGrants(grantsFromClaims({ iss: 'key', exp: 0, video }));
}

function kind(video: VideoGrant, named?: string) {
  return participantKind(
    grantsFromClaims({ iss: 'key', exp: 0, video, ...(named !== undefined && { kind: named }) }),
  );
}

describe('permissionsFromGrants()', () => {
  test('lets everybody publish, subscribe and send data unless denied, and nothing more', () => {
    expect(permissions({})).toEqual({
      canPublish: true,
      canSubscribe: true,
      canPublishData: true,
      canUpdateOwnMetadata: false,
      canPublishSources: [],
      hidden: false,
    });
  });

  test('data follows publishing unless said otherwise', () => {
    expect(permissions({ canPublish: false }).canPublishData).toBe(false);
    expect(permissions({ canPublish: false, canPublishData: true }).canPublishData).toBe(true);
  });

  test('a list of sources allows those only', () => {
    expect(permissions({ canPublishSources: ['microphone', 'screen_share'] })).toMatchObject({
      canPublish: true,
      canPublishSources: ['microphone', 'screen_share'],
    });
  });

  test('a list of sources that are all unknown allows none', () => {
    expect(permissions({ canPublishSources: ['hologram'] })).toMatchObject({
      canPublish: false,
      canPublishSources: [],
    });
  });

  test('an agent is one by its kind or by its grant', () => {
    expect(kind({}, 'agent')).toBe('agent');
    expect(kind({ agent: true })).toBe('agent');
  });

  test('a recorder is one by its kind or by its grant', () => {
    expect(kind({}, 'egress')).toBe('egress');
    expect(kind({ recorder: true })).toBe('egress');
  });

  test('a kind that is not known is that of people', () => {
    expect(kind({}, 'sip')).toBe('sip');
    expect(kind({}, 'hologram')).toBe('standard');
  });
});
