import { Dynacast } from '@parley/sfu';
import { describe, expect, test } from 'vitest';

const VP8 = 'video/VP8';
const VP9 = 'video/VP9';

/** A publication whose first subscriber has wanted everything for long. */
function settled(): Dynacast {
  const dynacast = new Dynacast();
  dynacast.addCodec(VP8, 0);
  dynacast.setWanted('ann', VP8, 'high', 0);
  return dynacast;
}

describe('Dynacast', () => {
  test('begins with all layers, and ends them when nobody came', () => {
    const dynacast = new Dynacast();
    expect(dynacast.addCodec(VP8, 1000)).toBe(true);
    expect(dynacast.quality(VP8)).toBe('high');
    expect(dynacast.deadline).toBe(6000);
    expect(dynacast.handleTimeout(5999)).toBe(false);
    expect(dynacast.handleTimeout(6000)).toBe(true);
    expect(dynacast.quality(VP8)).toBe('off');
    expect(dynacast.deadline).toBe(Infinity);
  });

  test('grants more at once', () => {
    const dynacast = new Dynacast();
    dynacast.addCodec(VP8, 0);
    dynacast.handleTimeout(5000);
    expect(dynacast.setWanted('ann', VP8, 'low', 6000)).toBe(true);
    expect(dynacast.quality(VP8)).toBe('low');
    expect(dynacast.setWanted('bob', VP8, 'high', 6001)).toBe(true);
    expect(dynacast.quality(VP8)).toBe('high');
    expect(dynacast.deadline).toBe(Infinity);
  });

  test('grants less after five seconds', () => {
    const dynacast = settled();
    expect(dynacast.setWanted('ann', VP8, 'low', 10_000)).toBe(false);
    expect(dynacast.quality(VP8)).toBe('high');
    expect(dynacast.deadline).toBe(15_000);
    expect(dynacast.handleTimeout(15_000)).toBe(true);
    expect(dynacast.quality(VP8)).toBe('low');
  });

  test('forgets the lesser wish when more is wanted again', () => {
    const dynacast = settled();
    dynacast.setWanted('ann', VP8, 'off', 10_000);
    expect(dynacast.setWanted('ann', VP8, 'high', 14_000)).toBe(false);
    expect(dynacast.deadline).toBe(Infinity);
    expect(dynacast.handleTimeout(20_000)).toBe(false);
  });

  test('falls to what is wanted when the time is up, which later wishes do not put off', () => {
    const dynacast = settled();
    dynacast.setWanted('ann', VP8, 'off', 10_000);
    dynacast.setWanted('ann', VP8, 'medium', 14_000);
    expect(dynacast.deadline).toBe(15_000);
    dynacast.handleTimeout(15_000);
    expect(dynacast.quality(VP8)).toBe('medium');
  });

  test('goes by the subscriber who wants most, as long as it is there', () => {
    const dynacast = settled();
    dynacast.setWanted('bob', VP8, 'medium', 0);
    expect(dynacast.removeSubscriber('bob', 1000)).toBe(false);
    expect(dynacast.deadline).toBe(Infinity);
    dynacast.setWanted('bob', VP8, 'medium', 0);
    dynacast.removeSubscriber('ann', 10_000);
    dynacast.handleTimeout(15_000);
    expect(dynacast.quality(VP8)).toBe('medium');
  });

  test('counts per codec, and a subscriber at one of them', () => {
    const dynacast = settled();
    expect(dynacast.setWanted('ann', VP9, 'medium', 1000)).toBe(false);
    expect(dynacast.codecs).toEqual([VP8, VP9]);
    expect(dynacast.handleTimeout(6000)).toBe(true);
    expect([dynacast.quality(VP8), dynacast.quality(VP9)]).toEqual(['off', 'medium']);
    expect(dynacast.quality('video/AV1')).toBe('off');
  });
});

test('a backup begins with nothing, and is asked for once somebody wants it', () => {
  const dynacast = new Dynacast();
  dynacast.addCodec('video/AV1', 0);
  dynacast.addCodec('video/VP8', 0, 'off');
  expect(dynacast.quality('video/VP8')).toBe('off');
  expect(dynacast.setWanted('bob', 'video/AV1', 'high', 0)).toBe(false);
  expect(dynacast.setWanted('carol', 'video/VP8', 'low', 0)).toBe(true);
  expect(dynacast.quality('video/VP8')).toBe('low');
});
