import { describe, expect, test } from 'vitest';
import type { Participant, Publication } from '@parley/sfu';
import { EVERYTHING, receiver, sender, World } from './support/world.js';

function publishCamera(participant: Participant): Publication {
  const camera = participant.publish({ kind: 'video', source: 'camera', name: 'camera', muted: false });
  camera.attach(receiver('video'));
  return camera;
}

describe('Participant.setTrackSettings()', () => {
  test('counts for the track when it is subscribed to, and when it is subscribed to again', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const bob = world.join(room, 'bob', { autoSubscribe: false }).participant;
    const camera = publishCamera(world.join(room, 'alice').participant);
    bob.setTrackSettings(camera.sid, { wanted: { quality: 'medium', width: 0, height: 0 } });
    bob.setSubscribed([camera.sid], true);
    expect(bob.subscriptions.get(camera.sid)?.wantedQuality).toBe('medium');

    bob.setTrackSettings(camera.sid, { enabled: false });
    bob.setPermissions({ ...EVERYTHING, canSubscribe: false });
    bob.setPermissions(EVERYTHING);
    expect(bob.subscriptions.get(camera.sid)?.enabled).toBe(false);
    bob.setTrackSettings(camera.sid, { enabled: true });
    expect(bob.subscriptions.get(camera.sid)?.wantedQuality).toBe('medium');
  });

  test('does nothing for a track that the room does not have', () => {
    const world = new World();
    const bob = world.join(world.sfu.room('lobby'), 'bob').participant;
    bob.setTrackSettings('TR_unknown', { enabled: false });
    expect(bob.subscriptions.size).toBe(0);
  });
});

test('until a client has said what it shows, it gets the quality that it joined with', () => {
  const world = new World();
  const room = world.sfu.room('lobby');
  const camera = publishCamera(world.join(room, 'alice').participant);
  const modest = world.join(room, 'modest', { defaultQuality: 'low' }).participant;
  const other = world.join(room, 'other').participant;
  expect(modest.subscriptions.get(camera.sid)?.wantedQuality).toBe('low');
  expect(other.subscriptions.get(camera.sid)?.wantedQuality).toBe('high');
});

test('media flows from the moment on in which the subscriber is connected', () => {
  const world = new World();
  const room = world.sfu.room('lobby');
  const camera = publishCamera(world.join(room, 'alice').participant);
  const bob = world.join(room, 'bob');
  const subscription = bob.participant.subscriptions.get(camera.sid);
  subscription?.attach(sender('video'));
  expect(camera.codecs[0]?.forwarders).toHaveLength(0);
  bob.connect();
  expect(camera.codecs[0]?.forwarders).toHaveLength(1);
});
