import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_REPORT_BLOCKS, writeReceiverReport, writeSenderReport } from '../../src/index.js';
import { roundTrip } from './round-trip.js';

const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });

const reportBlock = fc.record({
  ssrc: uint32,
  fractionLost: fc.integer({ min: 0, max: 255 }),
  cumulativeLost: fc.integer({ min: -0x80_0000, max: 0x7f_ffff }),
  extendedHighestSequence: uint32,
  jitter: uint32,
  lastSenderReport: uint32,
  delaySinceLastSenderReport: uint32,
});

const reports = fc.array(reportBlock, { maxLength: MAX_REPORT_BLOCKS });

describe('sender reports', () => {
  test('are read as they were written', () => {
    fc.assert(
      fc.property(
        fc.record({
          ssrc: uint32,
          ntpSeconds: uint32,
          ntpFraction: uint32,
          rtpTimestamp: uint32,
          packetCount: uint32,
          octetCount: uint32,
          reports,
        }),
        (report) => {
          expect(roundTrip((out, offset) => writeSenderReport(out, offset, report))).toEqual({
            type: 'senderReport',
            ...report,
          });
        },
      ),
      { seed: 6 },
    );
  });
});

describe('receiver reports', () => {
  test('are read as they were written', () => {
    fc.assert(
      fc.property(fc.record({ ssrc: uint32, reports }), (report) => {
        expect(roundTrip((out, offset) => writeReceiverReport(out, offset, report))).toEqual({
          type: 'receiverReport',
          ...report,
        });
      }),
      { seed: 7 },
    );
  });

  test('hold 31 blocks at most', () => {
    const block = {
      ssrc: 1,
      fractionLost: 0,
      cumulativeLost: -1,
      extendedHighestSequence: 0,
      jitter: 0,
      lastSenderReport: 0,
      delaySinceLastSenderReport: 0,
    };
    const blocks = Array.from({ length: 40 }, () => block);

    expect(
      roundTrip((out, offset) => writeReceiverReport(out, offset, { ssrc: 1, reports: blocks })),
    ).toMatchObject({ reports: blocks.slice(0, 31) });
  });
});
