import { describe, expect, test } from 'vitest';
import { LossMeter, QualityMeter, trackScore } from '../src/connection-quality.js';

describe('trackScore()', () => {
  test('is best without loss and delay, and never below zero', () => {
    expect(trackScore('audio', 0, 0)).toBe(100);
    expect(trackScore('video', 1, 1000)).toBe(0);
  });

  test('takes a loss of video for worse than one of audio', () => {
    expect(trackScore('video', 0.05, 0)).toBe(50);
    expect(trackScore('audio', 0.05, 0)).toBeCloseTo(73.3, 1);
  });

  test('takes little for delays that nobody notices, and more for long ones', () => {
    expect(trackScore('audio', 0, 100)).toBeGreaterThan(98);
    expect(trackScore('audio', 0, 800)).toBe(72);
  });
});

describe('LossMeter', () => {
  test('gives the loss since the last look', () => {
    const meter = new LossMeter();
    expect(meter.update(7, 1000)).toBeUndefined();
    expect(meter.update(17, 1100)).toBe(0.1);
    expect(meter.update(17, 1200)).toBe(0);
    expect(meter.update(17, 1200)).toBeUndefined();
  });

  test('is not misled by duplicates, or by a stream that starts anew', () => {
    const meter = new LossMeter();
    meter.update(10, 1000);
    expect(meter.update(5, 1100)).toBe(0);
    expect(meter.update(0, 50)).toBeUndefined();
  });
});

describe('QualityMeter', () => {
  test('falls fast and rises slowly', () => {
    const meter = new QualityMeter();
    expect([meter.quality, meter.score]).toEqual(['excellent', 4.5]);
    expect(meter.update(20, false)).toBe(true);
    expect(meter.quality).toBe('poor');
    expect(meter.update(100, false)).toBe(true);
    expect(meter.quality).toBe('good');
    for (let i = 0; i < 3; i++) meter.update(100, false);
    expect(meter.quality).toBe('excellent');
  });

  test('stays where no media tells anything, and is lost while nothing gets through', () => {
    const meter = new QualityMeter();
    expect(meter.update(undefined, false)).toBe(false);
    expect(meter.update(undefined, true)).toBe(true);
    expect([meter.quality, meter.score]).toEqual(['lost', 1]);
    meter.update(undefined, false);
    expect(meter.quality).toBe('excellent');
  });
});
