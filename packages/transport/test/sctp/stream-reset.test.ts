import { beforeEach, describe, expect, it } from 'vitest';
import { parseReconfig } from '../../src/sctp/reconfig-chunk.js';
import type { Reconfig } from '../../src/sctp/reconfig-chunk.js';
import { StreamReset } from '../../src/sctp/stream-reset.js';

const LOCAL = 0xffffffff;
const PEER = 500;
const tsns = { lastSentTsn: 1000, cumulativeReceivedTsn: 2000 };
const parameters = {
  localTag: 1,
  peerTag: 2,
  localInitialTsn: LOCAL,
  peerInitialTsn: PEER,
  peerWindow: 0,
  outgoingStreams: 10,
  forwardTsn: true,
  reconfig: true,
};

const parse = (chunk: Uint8Array): Reconfig[] => {
  const length = (chunk[2]! << 8) | chunk[3]!;
  return parseReconfig({ type: chunk[0]!, flags: chunk[1]!, value: chunk.subarray(4, length) })!;
};

let outgoing: (readonly number[])[];
let incoming: (readonly number[] | undefined)[];
let answers: Reconfig[];
let reset: StreamReset;

beforeEach(() => {
  outgoing = [];
  incoming = [];
  answers = [];
  reset = new StreamReset(parameters, {
    onOutgoingReset: (streamIds) => outgoing.push(streamIds),
    onIncomingReset: (streamIds) => incoming.push(streamIds),
    onControl: (chunk) => answers.push(...parse(chunk)),
  });
});

/** The peer's outgoing reset request. */
function request(requestSequence: number, streamIds: number[], lastTsn = 2000): boolean {
  return reset.handle(
    [{ kind: 'outgoing-reset', requestSequence, responseSequence: 0, lastTsn, streamIds }],
    tsns,
  );
}

function respond(responseSequence: number, result: number): boolean {
  return reset.handle([{ kind: 'response', responseSequence, result }], tsns);
}

describe('StreamReset', () => {
  it('asks for streams together, one request at a time, until it is answered', () => {
    reset.reset(4);
    reset.reset(6);
    const first = parse(reset.takeRequest(0, 500, tsns)!);
    expect(first).toEqual([
      {
        kind: 'outgoing-reset',
        requestSequence: LOCAL,
        responseSequence: PEER - 1,
        lastTsn: 1000,
        streamIds: [4, 6],
      },
    ]);
    reset.reset(8);
    expect(reset.takeRequest(1, 500, tsns)).toBeUndefined();
    expect(reset.deadline).toBe(500);
    reset.handleTimeout();
    expect(parse(reset.takeRequest(500, 500, tsns)!)).toEqual(first);
    expect(respond(LOCAL, 1)).toBe(true);
    expect(outgoing).toEqual([[4, 6]]);
    expect(reset.deadline).toBe(Infinity);
    expect(parse(reset.takeRequest(600, 500, tsns)!)).toMatchObject([{ requestSequence: 0, streamIds: [8] }]);
  });

  it('asks again later, under a new number, while the peer is not ready', () => {
    reset.reset(4);
    reset.takeRequest(0, 500, tsns);
    expect(respond(LOCAL, 6)).toBe(true);
    expect(outgoing).toEqual([]);
    expect(reset.takeRequest(10, 500, tsns)).toBeUndefined();
    reset.handleTimeout();
    expect(parse(reset.takeRequest(500, 500, tsns)!)).toMatchObject([{ requestSequence: 0, streamIds: [4] }]);
  });

  it('ignores answers to nothing', () => {
    expect(respond(LOCAL, 1)).toBe(false);
    expect(outgoing).toEqual([]);
  });

  it("performs the peer's reset once, and repeats its answer", () => {
    expect(request(PEER, [1, 3])).toBe(true);
    expect(request(PEER, [1, 3])).toBe(true);
    expect(incoming).toEqual([[1, 3]]);
    expect(answers).toEqual([
      { kind: 'response', responseSequence: PEER, result: 1 },
      { kind: 'response', responseSequence: PEER, result: 1 },
    ]);
  });

  it('takes no list as all streams', () => {
    request(PEER, []);
    expect(incoming).toEqual([undefined]);
  });

  it.each([
    ['the same', PEER],
    ['the next', PEER + 1],
  ])('waits for data sent before the reset, when the peer asks again under %s number', (_name, again) => {
    request(PEER, [1], 2001);
    expect(incoming).toEqual([]);
    expect(answers).toMatchObject([{ result: 6 }]);
    request(again, [1], 2000);
    expect(incoming).toEqual([[1]]);
    expect(answers.at(-1)).toEqual({ kind: 'response', responseSequence: again, result: 1 });
  });

  it('refuses requests out of sequence, and those of other kinds', () => {
    expect(request(PEER + 1, [1])).toBe(false);
    expect(answers).toMatchObject([{ responseSequence: PEER + 1, result: 5 }]);
    expect(reset.handle([{ kind: 'other-request', requestSequence: PEER }], tsns)).toBe(true);
    expect(answers.at(-1)).toMatchObject({ responseSequence: PEER, result: 2 });
    expect(incoming).toEqual([]);
  });
});
