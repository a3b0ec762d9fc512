import { beforeEach, expect, it } from 'vitest';

import { KeyFrameRequester } from '../../src/rtp/index.js';

let requester: KeyFrameRequester;

beforeEach(() => {
  requester = new KeyFrameRequester();
});

/** The times at which requests go out between two times. */
function sent(from: number, until: number): number[] {
  const times = [];
  for (let now = from; now < until; now += 10) if (requester.poll(now)) times.push(now);
  return times;
}

it('asks for nothing by itself', () => {
  expect(requester.deadline).toBe(Infinity);
  expect(sent(0, 1000)).toEqual([]);
});

it('asks at once, and every two round trips until a key frame comes', () => {
  requester.setRtt(150);
  requester.request(1000);
  expect(requester.deadline).toBe(1000);
  expect(sent(1000, 2000)).toEqual([1000, 1300, 1600, 1900]);
  requester.keyFrame();
  expect(requester.pending).toBe(false);
  expect(sent(2000, 9000)).toEqual([]);
});

it('asks more and more seldom while none comes, as of a picture that stands still', () => {
  const times = [];
  for (let now = 0; now < 60_000; now += 10) {
    requester.request(now);
    if (requester.poll(now)) times.push(now);
  }
  expect(times.slice(0, 8)).toEqual([0, 200, 400, 600, 1000, 1800, 3400, 6600]);
  expect(times.length).toBe(21);
  requester.keyFrame();
  requester.request(60_000);
  expect(sent(60_000, 60_500)).toEqual([60_000, 60_200, 60_400]);
});

it('asks again as soon as a picture that stood still moves, and asked in vain before', () => {
  requester.heard(0);
  requester.request(0);
  sent(0, 8000);
  requester.heard(8000);
  expect(sent(8000, 8500)).toEqual([8000, 8200, 8400]);
  requester.heard(8500);
  expect(sent(8500, 9000)).toEqual([8600]);
});

it('repeats no faster than every 200 ms and no slower than every second', () => {
  requester.setRtt(1);
  requester.request(0);
  expect(sent(0, 500)).toEqual([0, 200, 400]);
  requester.keyFrame();
  requester.setRtt(10_000);
  requester.request(2000);
  expect(sent(2000, 4500)).toEqual([2000, 3000, 4000]);
});

it('asks once for all who ask while it waits', () => {
  for (let now = 0; now < 100; now += 10) requester.request(now);
  expect(sent(100, 200)).toEqual([100]);
});

it('waits half a second after the last request before it asks for another key frame', () => {
  requester.request(0);
  expect(sent(0, 50)).toEqual([0]);
  requester.keyFrame();
  requester.request(50);
  expect(requester.deadline).toBe(500);
  expect(sent(50, 600)).toEqual([500]);
});

it('sends at most two requests a second to a publisher that answers each, however many ask', () => {
  let count = 0;
  for (let now = 0; now < 60_000; now += 10) {
    requester.request(now);
    if (!requester.poll(now)) continue;
    count++;
    requester.keyFrame();
  }
  expect(count).toBe(120);
});

it('gives up after ten seconds in which nobody asked again', () => {
  requester.request(0);
  expect(sent(0, 20_000).at(-1)).toBe(6600);
  expect(requester.pending).toBe(false);
  expect(requester.deadline).toBe(Infinity);
  requester.request(20_000);
  expect(sent(20_000, 25_000)).toEqual([20_000, 24_000]);
  requester.request(25_000);
  expect(sent(25_000, 40_000).at(-1)).toBe(32_000);
});
