import { beforeEach, expect, it } from 'vitest';

import { Delivery, SendHistory } from '../../src/congestion/send-history.js';

let history: SendHistory;

beforeEach(() => {
  history = new SendHistory();
});

function send(count: number, now: number): void {
  for (let i = 0; i < count; i++) history.sent(1000, now, 0);
}

/** What becomes of all packets. */
function settleAll(): Delivery[] {
  const deliveries: Delivery[] = [];
  while (!history.isEmpty) deliveries.push(history.settleOldest());
  return deliveries;
}

it('numbers packets from 0 on and wraps after 16 bits', () => {
  expect([history.sent(100, 0, 0), history.sent(100, 0, 0)]).toEqual([0, 1]);
  send(65_533, 0);
  expect([history.sent(100, 0, 0), history.sent(100, 0, 0)]).toEqual([65_535, 0]);
});

it('remembers when a packet was sent, its size and its probe', () => {
  history.sent(100, 5, 0);
  const packet = history.find(history.sent(1200, 7, 3));
  expect(history.sentAt(packet)).toBe(7);
  expect(history.bytes(packet)).toBe(1200);
  expect(history.probe(packet)).toBe(3);
});

it('does not know what was not sent, or is settled', () => {
  history.sent(100, 0, 0);
  expect(history.find(1)).toBe(-1);
  expect(history.find(65_535)).toBe(-1);
  history.settleOldest();
  expect(history.find(0)).toBe(-1);
});

it('tells received packets, missing ones and those that nothing was told of apart', () => {
  send(4, 0);
  history.markReported(0, 3);
  expect(history.markReceived(history.find(1))).toBe(true);
  expect(history.markReceived(history.find(1))).toBe(false);
  expect(settleAll()).toEqual([Delivery.MISSING, Delivery.RECEIVED, Delivery.MISSING, Delivery.UNREPORTED]);
});

it('a packet told as missing may arrive later', () => {
  send(1, 0);
  history.markReported(0, 1);
  expect(history.markReceived(history.find(0))).toBe(true);
  history.markReported(0, 1);
  expect(settleAll()).toEqual([Delivery.RECEIVED]);
});

it('a report of more than was sent marks what was', () => {
  send(2, 0);
  history.markReported(65_000, 65_535);
  expect(settleAll()).toEqual([Delivery.MISSING, Delivery.MISSING]);
});

it('looks at each packet once, so that a flood of reports costs little', () => {
  send(4, 0);
  history.markReported(2, 2);
  history.markReported(0, 4);
  expect(settleAll()).toEqual([Delivery.UNREPORTED, Delivery.UNREPORTED, Delivery.MISSING, Delivery.MISSING]);
});

it('finds packets across the wrap', () => {
  for (let i = 0; i < 65_534; i++) {
    history.sent(100, 0, 0);
    history.settleOldest();
  }
  send(4, 9);
  history.markReported(65_534, 4);
  history.markReceived(history.find(0));
  expect(history.find(65_534)).toBe(65_534);
  expect(settleAll()).toEqual([Delivery.MISSING, Delivery.MISSING, Delivery.RECEIVED, Delivery.MISSING]);
});

it('grows for what is young, keeping what it knows', () => {
  send(200, 0);
  for (let i = 0; i < 200; i++) history.settleOldest();
  for (let i = 0; i < 400; i++) history.sent(i + 1, i / 10, 0);
  expect(history.capacity).toBe(512);
  const sizes = Array.from({ length: 400 }, (_, i) => history.bytes(history.find(200 + i)));
  expect(sizes).toEqual(Array.from({ length: 400 }, (_, i) => i + 1));
});

it('forgets the oldest rather than grow for what is old', () => {
  for (let i = 0; i < 10_000; i++) history.sent(100, i * 20, 0);
  expect(history.capacity).toBe(256);
  expect(history.find(9743 & 0xffff)).toBe(-1);
  expect(history.find(9744 & 0xffff)).toBe(9744);
});

it('never grows beyond 8192 packets', () => {
  send(100_000, 0);
  expect(history.capacity).toBe(8192);
  expect(history.oldest).toBe(100_000 - 8192);
});
