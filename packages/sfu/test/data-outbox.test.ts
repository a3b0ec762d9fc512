import { createCounters } from '@parley/core';
import { expect, test } from 'vitest';
import type { DataSink } from '@parley/sfu';
import { DataOutbox } from '../src/data-outbox.js';
import { sfuCounterMetrics } from '../src/sfu-metrics.js';

function setup() {
  const counters = createCounters(sfuCounterMetrics);
  const outbox = new DataOutbox('reliable', counters);
  const sent: number[] = [];
  let accepts = true;
  const sink: DataSink = {
    send: (payload) => {
      if (accepts) sent.push(payload[0]!);
      return accepts;
    },
  };
  return { counters, outbox, sent, sink, refuse: () => (accepts = false) };
}

test('what is sent before there is a sink arrives, in order, when there is', () => {
  const { outbox, sent, sink } = setup();
  outbox.send(Uint8Array.of(1));
  outbox.send(Uint8Array.of(2));
  outbox.setSink(sink);
  outbox.send(Uint8Array.of(3));
  expect(sent).toEqual([1, 2, 3]);
});

test('the queue is bounded in packets and bytes, and what does not fit is counted', () => {
  const { outbox, counters } = setup();
  for (let count = 0; count < 1100; count++) outbox.send(Uint8Array.of(0));
  expect(counters.dataPacketsDropped).toBe(100);
  const big = setup();
  for (let count = 0; count < 3; count++) big.outbox.send(new Uint8Array(500_000));
  expect(big.counters.dataPacketsDropped).toBe(1);
});

test('a reader too slow for its sink loses packets, counted', () => {
  const { outbox, counters, sink, refuse } = setup();
  outbox.setSink(sink);
  refuse();
  outbox.send(Uint8Array.of(1));
  expect(counters.dataPacketsDropped).toBe(1);
});

test('after its sink is gone, packets wait for another', () => {
  const { outbox, sent, sink } = setup();
  outbox.setSink(sink);
  outbox.removeSink(sink);
  outbox.send(Uint8Array.of(9));
  expect(sent).toEqual([]);
  outbox.setSink(sink);
  expect(sent).toEqual([9]);
});
