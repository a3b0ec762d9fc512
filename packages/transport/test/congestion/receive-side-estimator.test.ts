import { describe, expect, it } from 'vitest';
import { ReceiveSideEstimator } from '../../src/congestion/index.js';
import { randomNumbers } from '../random.js';
import { Link } from './link.js';

const PACKET_BYTES = 1000;

/** A publisher that sends what it is told by REMB, at most `wanted`, and the estimator at the other end of a link. */
function setup({
  bitrate,
  wanted,
  loss = 0,
  jitter = 0,
}: Record<'bitrate' | 'wanted', number> & Partial<Record<'loss' | 'jitter', number>>) {
  const random = randomNumbers(1);
  const link = new Link({ bitrate, delay: 30, queue: 500, loss, jitter, random });
  const estimator = new ReceiveSideEstimator();
  const told: number[] = [];
  let now = 0;
  let credit = 0;
  const pause = (duration: number) => (now += duration);
  const run = (duration: number) => {
    told.length = 0;
    for (const end = now + duration; now < end; now++) {
      link.advance(now);
      credit += Math.min(wanted, limit) / 8000;
      for (; credit >= PACKET_BYTES; credit -= PACKET_BYTES) {
        // 24 bits of 2^-18 s, from shortly before they wrap.
        const sendTime = Math.floor(((now + 60_000) * 2 ** 18) / 1000) % 2 ** 24;
        link.send(PACKET_BYTES, now, (arrival) => estimator.receive(sendTime, PACKET_BYTES, arrival));
      }
      if (now >= estimator.deadline) told.push((limit = estimator.poll(now)));
    }
    return told;
  };
  let limit = Infinity;
  return { link, pause, run, limit: () => limit };
}

describe('ReceiveSideEstimator', () => {
  it('says nothing to a publisher whose path is wide enough', () => {
    const { run } = setup({ bitrate: 5_000_000, wanted: 1_500_000, loss: 0.02, jitter: 5 });
    expect(run(20_000)).toEqual([]);
  });

  it('keeps a publisher that sends too much near to what its path carries, without a long queue', () => {
    const { link, run } = setup({ bitrate: 1_000_000, wanted: 2_500_000 });
    run(5000);
    link.takeLongestWait();
    const told = run(20_000);
    expect(told.length).toBeGreaterThanOrEqual(19);
    expect(Math.max(...told)).toBeLessThan(1_150_000);
    expect(told.reduce((sum, bitrate) => sum + bitrate, 0) / told.length).toBeGreaterThan(750_000);
    expect(link.takeLongestWait()).toBeLessThan(200);
  });

  it('lets it send more again when the path is wide', () => {
    const { link, run, limit } = setup({ bitrate: 800_000, wanted: 2_000_000 });
    run(10_000);
    expect(limit()).toBeLessThan(900_000);
    link.options.bitrate = 10_000_000;
    run(20_000);
    expect(limit()).toBeGreaterThan(2_000_000);
  });

  it('takes no pause for delay, of whatever length', () => {
    const { pause, run } = setup({ bitrate: 5_000_000, wanted: 1_500_000 });
    for (const duration of [20_000, 40_000, 60_000, 100_000, 4_000_000]) {
      run(5000);
      pause(duration);
      expect(run(15_000)).toEqual([]);
    }
  });
});
