import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fifo } from '../../src/sctp/fifo.js';

describe('Fifo', () => {
  it('behaves as an array with push, shift and at', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 2 }), { maxLength: 600 }), (steps) => {
        const fifo = new Fifo<number>();
        const model: number[] = [];
        steps.forEach((step, value) => {
          if (step < 0) expect(fifo.shift()).toBe(model.shift());
          else {
            fifo.push(value);
            model.push(value);
          }
          expect(fifo.length).toBe(model.length);
          const index = Math.max(0, step);
          expect(fifo.at(index)).toBe(model[index]);
        });
      }),
      { seed: 2, numRuns: 50 },
    );
  });

  it('is empty after clear', () => {
    const fifo = new Fifo<number>();
    fifo.push(1);
    fifo.clear();
    expect([fifo.length, fifo.shift()]).toEqual([0, undefined]);
  });
});
