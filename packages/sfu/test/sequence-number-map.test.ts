import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_NUMBER, SequenceNumberMap } from '../src/sequence-number-map.js';

function started(source = 100, first = 1000): SequenceNumberMap {
  const numbers = new SequenceNumberMap(1024, first);
  numbers.start(source);
  return numbers;
}

/** Gives a packet its number and sends it. */
function send(numbers: SequenceNumberMap, sequence: number): number {
  const number = numbers.assign(sequence, false);
  if (number !== NO_NUMBER) numbers.sent(number);
  return number;
}

describe('SequenceNumberMap', () => {
  test('packets that are left out take no number', () => {
    const numbers = started();
    expect(send(numbers, 100)).toBe(1000);
    expect(numbers.leaveOut(101)).toBe(NO_NUMBER);
    expect(numbers.leaveOut(102)).toBe(NO_NUMBER);
    expect(send(numbers, 103)).toBe(1001);
  });

  test('a loss stays visible, also next to packets that are left out', () => {
    const numbers = started();
    send(numbers, 100);
    numbers.leaveOut(101);
    // 102 is lost.
    expect(send(numbers, 103)).toBe(1002);
    expect(send(numbers, 102)).toBe(1001);
  });

  test('a late packet gets the number that was kept for it, once', () => {
    const numbers = started();
    send(numbers, 100);
    send(numbers, 103);
    expect(send(numbers, 101)).toBe(1001);
    expect(send(numbers, 101)).toBe(NO_NUMBER);
    expect(send(numbers, 103)).toBe(NO_NUMBER);
  });

  test('a late packet that is left out tells the number that was kept for it, once', () => {
    const numbers = started();
    send(numbers, 100);
    send(numbers, 102);
    expect(numbers.leaveOut(101)).toBe(1001);
    expect(numbers.leaveOut(101)).toBe(NO_NUMBER);
    expect(send(numbers, 101)).toBe(NO_NUMBER);
  });

  test('nothing from before the start gets a number', () => {
    const numbers = started();
    send(numbers, 100);
    expect(send(numbers, 99)).toBe(NO_NUMBER);
    expect(numbers.leaveOut(99)).toBe(NO_NUMBER);
    numbers.start(140);
    expect(send(numbers, 140)).toBe(1001);
    expect(send(numbers, 120)).toBe(NO_NUMBER);
  });

  test('another source goes on behind the last number that was sent, not behind those that were only given', () => {
    const numbers = started();
    send(numbers, 100);
    expect(numbers.assign(101, false)).toBe(1001);
    numbers.start(5);
    expect(send(numbers, 5)).toBe(1001);
  });

  test('finds the number of a packet that was sent, and whether it was marked', () => {
    const numbers = started();
    numbers.assign(100, true);
    numbers.leaveOut(101);
    numbers.assign(103, false);
    expect([100, 101, 102, 103, 104].map((sequence) => numbers.find(sequence))).toEqual([
      1000,
      NO_NUMBER,
      NO_NUMBER,
      1002,
      NO_NUMBER,
    ]);
    expect([numbers.isMarked(100), numbers.isMarked(103)]).toEqual([true, false]);
  });

  test('forgets what is older than its capacity', () => {
    const numbers = new SequenceNumberMap(16, 0);
    numbers.start(0);
    send(numbers, 0);
    send(numbers, 17);
    expect(numbers.find(0)).toBe(NO_NUMBER);
    expect(send(numbers, 1)).toBe(NO_NUMBER);
    expect(send(numbers, 2)).toBe(2);
  });

  test('tells what is too far away to be of the same numbering', () => {
    const numbers = started(0);
    send(numbers, 0);
    expect([0xffff - 1000, 0xffff - 1100, 4000, 5000].map((sequence) => numbers.isFar(sequence))).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  /** What comes in: packets in order, of which some are lost, late, left out; now and then another source takes over. */
  const arrivals = fc.array(
    fc.record({
      fate: fc.constantFrom('sent', 'sent', 'sent', 'left out', 'lost', 'late', 'late and left out', 'waits'),
      delay: fc.integer({ min: 1, max: 40 }),
      restarts: fc.constantFrom(...Array.from({ length: 50 }, (_, index) => index === 0)),
    }),
    { minLength: 1, maxLength: 300 },
  );

  test('whatever is lost, late and left out: no number goes out twice, and only losses leave gaps', () => {
    fc.assert(
      fc.property(
        arrivals,
        fc.integer({ min: 0, max: 0xffff }),
        fc.integer({ min: 0, max: 0xffff }),
        (events, source, first) => {
          const numbers = started(source, first);
          const used = new Set<number>();
          let late: { sequence: number; at: number; isLeftOut: boolean }[] = [];
          let sequence = source;
          const use = (number: number) => {
            if (number === NO_NUMBER) return;
            expect(used.has(number)).toBe(false);
            used.add(number);
            numbers.sent(number);
          };
          let newest = NO_NUMBER;
          events.forEach(({ fate, delay, restarts }, index) => {
            if (restarts) {
              sequence = (sequence + 700) & 0xffff;
              numbers.start(sequence);
              late = [];
            }
            for (const packet of late.filter(({ at }) => at === index)) {
              use(
                packet.isLeftOut ? numbers.leaveOut(packet.sequence) : numbers.assign(packet.sequence, false),
              );
            }
            // The first packet of a source always comes.
            const becomes = index === 0 || restarts ? 'sent' : fate;
            if (becomes === 'left out') numbers.leaveOut(sequence);
            else if (becomes === 'waits') numbers.assign(sequence, false);
            else if (becomes === 'late' || becomes === 'late and left out') {
              late.push({ sequence, at: index + delay, isLeftOut: becomes !== 'late' });
            } else if (becomes === 'sent') {
              const number = numbers.assign(sequence, false);
              // In the order in which they were sent.
              if (newest !== NO_NUMBER) expect((number - newest) & 0xffff).toBeLessThan(0x8000);
              newest = number;
              use(number);
            }
            sequence = (sequence + 1) & 0xffff;
          });
        },
      ),
      { seed: 12, numRuns: 300 },
    );
  });

  test('with nothing lost the numbers follow each other without a gap', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 2000 }),
        fc.nat(0xffff),
        (forwarded, first) => {
          const numbers = started(0xfff0, first);
          const sent = forwarded.flatMap((isForwarded, index) => {
            const sequence = (0xfff0 + index) & 0xffff;
            return isForwarded ? [send(numbers, sequence)] : (numbers.leaveOut(sequence), []);
          });
          expect(sent).toEqual(sent.map((_, index) => (first + index) & 0xffff));
        },
      ),
      { seed: 12, numRuns: 100 },
    );
  });
});
