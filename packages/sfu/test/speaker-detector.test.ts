import { describe, expect, test } from 'vitest';
import { SpeakerDetector } from '@parley/sfu';

function interval(detector: SpeakerDetector, packets: number, level: number): boolean {
  for (let packet = 0; packet < packets; packet++) detector.observe(level);
  return detector.endInterval();
}

describe('SpeakerDetector', () => {
  test('speech is heard, louder speech is louder', () => {
    const quiet = new SpeakerDetector();
    const loud = new SpeakerDetector();
    interval(quiet, 20, 30);
    interval(loud, 20, 5);
    expect(quiet.active).toBe(true);
    expect(loud.level).toBeGreaterThan(quiet.level);
    expect(loud.level).toBeLessThanOrEqual(1);
  });

  test('background noise is not speech', () => {
    const detector = new SpeakerDetector();
    expect(interval(detector, 20, 60)).toBe(false);
    expect(detector.active).toBe(false);
  });

  test('a short bang is not speech', () => {
    const detector = new SpeakerDetector();
    interval(detector, 3, 0);
    expect(detector.active).toBe(false);
  });

  test('silence after speech ends it within two seconds', () => {
    const detector = new SpeakerDetector();
    for (let count = 0; count < 5; count++) interval(detector, 20, 5);
    let intervals = 0;
    while (detector.active) {
      detector.endInterval();
      intervals += 1;
    }
    expect(intervals).toBeLessThanOrEqual(5);
  });

  test('only changes are told', () => {
    const detector = new SpeakerDetector();
    expect(interval(detector, 20, 10)).toBe(true);
    for (let count = 0; count < 10; count++) interval(detector, 20, 10);
    expect(interval(detector, 20, 10)).toBe(false);
  });
});
