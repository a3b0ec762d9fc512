import { describe, expect, test } from 'vitest';
import type { VideoGrant } from '../src/index.js';
import { permissionsFromGrants } from '../src/index.js';
import { grantsFromClaims } from '../src/grants.js';

function permissions(video: VideoGrant, kind?: string) {
  return permissionsFromGrants(
    grantsFromClaims({ iss: 'key', exp: 0, video, ...(kind !== undefined && { kind }) }),
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
      recorder: false,
      agent: false,
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
    expect(permissions({}, 'agent').agent).toBe(true);
    expect(permissions({ agent: true }).agent).toBe(true);
  });
});
