import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';

import { IceAgent, pathsEqual } from '../../src/ice/index.js';
import type { IceState, Path } from '../../src/ice/index.js';
import { STUN_BINDING, StunAttribute, StunBuilder, StunClass, StunMessage } from '../../src/stun/index.js';
import { createPath } from '../support/path.js';

const PATH_A = createPath({ family: 4, bytes: Uint8Array.of(192, 0, 2, 1), port: 5000 });
const PATH_B = createPath({ family: 4, bytes: Uint8Array.of(192, 0, 2, 2), port: 5000 });
const PATH_V6 = createPath({ family: 6, bytes: new Uint8Array(16).fill(0xfe), port: 5000 });

interface CheckOptions {
  username?: string;
  password?: string | undefined;
  nominate?: boolean;
  nomination?: number;
  priority?: number;
  controlled?: boolean;
  unknown?: number[];
  messageClass?: number;
}

let transactions = 0;
let agent: IceAgent;
let selections: { path: Path; nominated: boolean }[];
let states: IceState[];

function check(options: CheckOptions = {}): Uint8Array {
  const { username = 'local:remote', messageClass = StunClass.REQUEST } = options;
  const transactionId = new Uint8Array(12);
  transactionId[0] = ++transactions;
  const builder = new StunBuilder(messageClass, STUN_BINDING, transactionId)
    .addString(StunAttribute.USERNAME, username)
    .addUint32(StunAttribute.PRIORITY, options.priority ?? 1)
    .add(
      options.controlled ? StunAttribute.ICE_CONTROLLED : StunAttribute.ICE_CONTROLLING,
      new Uint8Array(8),
    );
  if (options.nominate) builder.add(StunAttribute.USE_CANDIDATE, new Uint8Array(0));
  if (options.nomination !== undefined) builder.addUint32(StunAttribute.NOMINATION, options.nomination);
  for (const type of options.unknown ?? []) builder.add(type, new Uint8Array(0));
  return builder.finish('password' in options ? options.password : 'local password');
}

function receive(options: CheckOptions, path: Path, now: number): StunMessage | undefined {
  const response = agent.receive(check(options), path, now);
  return response && StunMessage.parse(response);
}

function selected(): string | undefined {
  const path = agent.selectedPath;
  if (!path) return undefined;
  return pathsEqual(path, PATH_A) ? 'A' : 'B';
}

beforeEach(() => {
  selections = [];
  states = [];
  agent = new IceAgent({
    localUfrag: 'local',
    localPassword: 'local password',
    observer: {
      onPath: (path, nominated) => selections.push({ path, nominated }),
      onStateChange: (state) => states.push(state),
    },
  });
  agent.setRemote('remote');
});

describe('answers', () => {
  it('tells the peer its address, authentically', () => {
    for (const [path, port] of [
      [PATH_A, 5000],
      [PATH_V6, 5000],
    ] as const) {
      const request = check();
      const response = StunMessage.parse(agent.receive(request, path, 0) ?? new Uint8Array(0));
      expect(response?.class).toBe(StunClass.SUCCESS);
      expect(response?.transactionId).toEqual(request.subarray(8, 20));
      expect(response?.xorMappedAddress?.port).toBe(port);
      expect(response?.verifyIntegrity('local password')).toBe(true);
    }
    expect(agent.counters.checks).toBe(2);
  });

  it('drops checks with a username that is not its own, and says nothing', () => {
    for (const username of ['other:remote', 'local:other', 'local', ':remote', '', 'local:remote:x']) {
      expect(receive({ username }, PATH_A, 0)).toBeUndefined();
    }
    expect(agent.counters.wrongUsername).toBe(6);
    expect(agent.state).toBe('new');
  });

  it('takes any peer while its fragment is not known', () => {
    agent.restart('fresh', 'fresh password');
    expect(receive({ username: 'fresh:anybody', password: 'fresh password' }, PATH_A, 0)?.class).toBe(
      StunClass.SUCCESS,
    );
  });

  it('answers 401 to a wrong or missing password and changes nothing', () => {
    expect(receive({ password: 'guess', nominate: true }, PATH_A, 0)?.errorCode).toBe(401);
    expect(receive({ password: undefined, nominate: true }, PATH_A, 0)?.errorCode).toBe(401);
    expect(agent.counters.unauthenticated).toBe(2);
    expect(selections).toEqual([]);
    expect(states).toEqual([]);
    expect(agent.deadline).toBe(Infinity);
  });

  it('answers 420 with the attributes it does not know, and changes nothing', () => {
    const response = receive({ unknown: [0x7001, 0x7002], nominate: true }, PATH_A, 0);
    expect(response?.errorCode).toBe(420);
    expect(response?.attribute(StunAttribute.UNKNOWN_ATTRIBUTES)).toEqual(Uint8Array.of(0x70, 1, 0x70, 2));
    expect(response?.verifyIntegrity('local password')).toBe(true);
    expect(agent.state).toBe('new');
  });

  it('answers 487 to a peer that wants to be controlled too', () => {
    const response = receive({ controlled: true }, PATH_A, 0);
    expect(response?.errorCode).toBe(487);
    expect(response?.verifyIntegrity('local password')).toBe(true);
    expect(agent.state).toBe('new');
    expect(agent.counters.roleConflicts).toBe(1);
  });

  it('answers ten errors a second at most, and checks all the same', () => {
    const answered = (now: number): number =>
      Array.from({ length: 50 }, () => receive({ password: 'guess' }, PATH_A, now)).filter(Boolean).length;
    expect(answered(100)).toBe(10);
    expect(answered(1000)).toBe(0);
    expect(receive({}, PATH_A, 1000)?.class).toBe(StunClass.SUCCESS);
    expect(answered(1200)).toBe(10);
    expect(agent.counters.unauthenticated).toBe(150);
  });

  it('ignores indications, responses and what is not STUN', () => {
    for (const messageClass of [StunClass.INDICATION, StunClass.SUCCESS, StunClass.ERROR]) {
      expect(receive({ messageClass }, PATH_A, 0)).toBeUndefined();
    }
    expect(agent.receive(Uint8Array.of(1, 2, 3), PATH_A, 0)).toBeUndefined();
    expect(agent.counters).toMatchObject({ ignored: 3, malformed: 1 });
    expect(agent.state).toBe('new');
  });

  it('answers nothing once closed', () => {
    agent.close();
    agent.close();
    expect(receive({}, PATH_A, 0)).toBeUndefined();
    expect(states).toEqual(['closed']);
  });
});

describe('which path is selected', () => {
  it('is provisionally the first with a valid check', () => {
    receive({}, PATH_A, 0);
    receive({}, PATH_B, 1);
    expect(selections).toEqual([{ path: PATH_A, nominated: false }]);
    expect(states).toEqual(['checking']);
  });

  it('is the nominated one as soon as there is one, and no other without nomination', () => {
    receive({}, PATH_A, 0);
    receive({ nominate: true }, PATH_B, 1);
    receive({}, PATH_A, 2);
    expect(selections).toEqual([
      { path: PATH_A, nominated: false },
      { path: PATH_B, nominated: true },
    ]);
    expect(states).toEqual(['checking', 'connected']);
  });

  it('is told again when the provisional path is nominated, once', () => {
    receive({}, PATH_A, 0);
    receive({ nominate: true }, PATH_A, 1);
    receive({ nominate: true }, PATH_A, 2);
    expect(selections.map(({ nominated }) => nominated)).toEqual([false, true]);
  });

  it('is the one nominated last', () => {
    receive({ nominate: true }, PATH_A, 0);
    receive({ nominate: true }, PATH_B, 1);
    expect(selected()).toBe('B');
    receive({ nominate: true }, PATH_A, 2);
    expect(selected()).toBe('A');
  });

  it('is the one of the highest priority of those that are nominated with their first check', () => {
    receive({ nominate: true, priority: 3 }, PATH_A, 0);
    receive({ nominate: true, priority: 2 }, PATH_B, 1);
    expect(selected()).toBe('A');
    receive({ nominate: true, priority: 2 }, PATH_B, 100);
    expect(selected()).toBe('A');
    receive({ nominate: true, priority: 4 }, PATH_B, 101);
    expect(selected()).toBe('B');
  });

  it('is one of a lower priority that was checked before, or whose predecessor is gone, or after a restart', () => {
    receive({ nominate: true, priority: 3 }, PATH_A, 0);
    receive({ priority: 2 }, PATH_B, 1);
    receive({ nominate: true, priority: 2 }, PATH_B, 2);
    expect(selected()).toBe('B');

    receive({ nominate: true, priority: 3 }, PATH_A, 3);
    agent.restart('local2', 'local password', 'remote');
    receive({ username: 'local2:remote', nominate: true, priority: 1 }, PATH_B, 4);
    expect(selected()).toBe('B');

    receive({ username: 'local2:remote', nominate: true, priority: 3 }, PATH_A, 5);
    agent.handleTimeout(12_000);
    receive({ username: 'local2:remote', nominate: true, priority: 2 }, PATH_B, 12_000);
    expect(selected()).toBe('B');
  });

  it('is the one with the highest number under renomination', () => {
    receive({ nomination: 2 }, PATH_A, 0);
    receive({ nomination: 1 }, PATH_B, 1);
    receive({ nominate: true }, PATH_B, 2);
    expect(selected()).toBe('A');
    receive({ nomination: 3, nominate: true }, PATH_B, 3);
    expect(selected()).toBe('B');
  });

  it('keeps a copy, since the wire reuses its memory', () => {
    const path = PATH_A.slice();
    receive({ nominate: true }, path, 0);
    path.fill(0);
    expect(selected()).toBe('A');
  });
});

describe('consent', () => {
  it('is lost after ten seconds without a valid check, and given up after thirty', () => {
    receive({ nominate: true }, PATH_A, 1000);
    expect(agent.deadline).toBe(11_000);
    agent.handleTimeout(10_999);
    expect(agent.state).toBe('connected');
    agent.handleTimeout(11_000);
    expect(agent.state).toBe('disconnected');
    expect(agent.deadline).toBe(31_000);
    agent.handleTimeout(31_000);
    expect(agent.state).toBe('failed');
    expect(agent.deadline).toBe(Infinity);
    expect(states).toEqual(['connected', 'disconnected', 'failed']);
  });

  it('passes through disconnected when the clock leaps', () => {
    receive({ nominate: true }, PATH_A, 0);
    agent.handleTimeout(1e6);
    expect(states).toEqual(['connected', 'disconnected', 'failed']);
  });

  it('comes back with a valid check on the selected path', () => {
    receive({ nominate: true }, PATH_A, 0);
    agent.handleTimeout(10_000);
    receive({}, PATH_A, 12_000);
    expect(agent.state).toBe('connected');
    expect(agent.deadline).toBe(22_000);
  });

  it('is not kept up by checks on other paths, nor by ones that are not authentic', () => {
    receive({ nominate: true }, PATH_A, 0);
    receive({}, PATH_B, 9000);
    receive({ password: 'guess' }, PATH_A, 9000);
    agent.handleTimeout(10_000);
    expect(agent.state).toBe('disconnected');
  });

  it('is kept up by checks from the same remote end to another of our addresses: a peer may have nominated several', () => {
    const remote = { family: 4, bytes: Uint8Array.of(192, 0, 2, 1), port: 5000 } as const;
    const local = (last: number) =>
      ({ family: 4, bytes: Uint8Array.of(198, 51, 100, last), port: 0 }) as const;
    const first = createPath(remote, local(1), 0);
    const second = createPath(remote, local(2), 1);
    receive({ nominate: true, priority: 2 }, first, 0);
    receive({ nominate: true, priority: 1 }, second, 100);
    for (const now of [5_000, 10_000, 15_000]) {
      receive({}, second, now);
      agent.handleTimeout(now);
    }
    expect(states).toEqual(['connected']);
    expect(agent.deadline).toBe(25_000);
    expect(agent.selectedPath).toEqual(first);
    receive({}, createPath({ ...remote, port: 5001 }, local(1)), 20_000);
    expect(agent.deadline).toBe(25_000);
  });

  it('comes back on another path only when that is nominated', () => {
    receive({ nominate: true }, PATH_A, 0);
    agent.handleTimeout(10_000);
    receive({}, PATH_B, 11_000);
    expect(agent.state).toBe('disconnected');
    receive({ nominate: true }, PATH_B, 12_000);
    expect(agent.state).toBe('connected');
    expect(selected()).toBe('B');
  });

  it('lets a provisional path be replaced when it is lost', () => {
    receive({}, PATH_A, 0);
    agent.handleTimeout(10_000);
    receive({}, PATH_B, 11_000);
    expect(selected()).toBe('B');
    expect(agent.state).toBe('checking');
  });
});

describe('silence', () => {
  /** The peer sends a packet every so many milliseconds. */
  const hear = (from: number, to: number, interval: number) => {
    for (let now = from; now <= to; now += interval) agent.heard(now);
  };

  it('of a peer that was sending all the time is noticed after three seconds', () => {
    receive({ nominate: true }, PATH_A, 0);
    hear(0, 5_000, 20);
    receive({}, PATH_A, 5_000);
    expect(agent.deadline).toBe(8_000);
    agent.handleTimeout(7_999);
    expect(agent.state).toBe('connected');
    agent.handleTimeout(8_000);
    expect(agent.state).toBe('disconnected');
  });

  it('ends with whatever comes, as long as there is consent', () => {
    receive({ nominate: true }, PATH_A, 0);
    hear(0, 5_000, 20);
    agent.handleTimeout(8_000);
    agent.heard(9_000);
    expect(states).toEqual(['connected', 'disconnected', 'connected']);
    agent.handleTimeout(10_000);
    agent.heard(11_000);
    expect(agent.state).toBe('disconnected');
  });

  it('of a peer that sends little means nothing but for its checks', () => {
    receive({ nominate: true }, PATH_A, 0);
    hear(0, 5_000, 500);
    receive({}, PATH_A, 5_000);
    expect(agent.deadline).toBe(15_000);
  });

  it('of a peer that has stopped to send is not noticed once it has checked the path again', () => {
    receive({ nominate: true }, PATH_A, 0);
    hear(0, 5_000, 20);
    receive({}, PATH_A, 7_500);
    expect(agent.deadline).toBe(17_500);
  });

  it('in which this side heard nobody does not count', () => {
    receive({ nominate: true }, PATH_A, 0);
    hear(0, 5_000, 20);
    agent.handleStall(18_000);
    expect(agent.deadline).toBe(26_000);
    agent.handleTimeout(23_500);
    expect(agent.state).toBe('connected');
  });
});

describe('restart', () => {
  const fresh = { username: 'fresh:peer', password: 'fresh password' };

  beforeEach(() => {
    receive({ nomination: 7 }, PATH_A, 0);
    agent.restart('fresh', 'fresh password', 'peer');
  });

  it('answers old and new credentials until the first check with the new', () => {
    expect(receive({}, PATH_A, 1)?.verifyIntegrity('local password')).toBe(true);
    expect(receive(fresh, PATH_B, 2)?.verifyIntegrity('fresh password')).toBe(true);
    expect(receive({}, PATH_A, 3)).toBeUndefined();
    expect(receive({ ...fresh, username: 'fresh:remote' }, PATH_A, 3)).toBeUndefined();
  });

  it('does not take a new fragment with the old password', () => {
    expect(receive({ username: 'fresh:peer' }, PATH_A, 1)?.errorCode).toBe(401);
    expect(receive({}, PATH_A, 2)?.class).toBe(StunClass.SUCCESS);
  });

  it('keeps the path until a new one is nominated, whose numbers count from the start', () => {
    receive(fresh, PATH_B, 1);
    expect(selected()).toBe('A');
    expect(agent.state).toBe('connected');
    receive({ ...fresh, nomination: 1 }, PATH_B, 2);
    expect(selected()).toBe('B');
    expect(states).toEqual(['connected']);
  });
});

describe('any input', () => {
  it('is answered with at most 1.5 times its size', () => {
    const text = fc.stringMatching(/^[abc:]{0,8}$/);
    const options = fc.record(
      {
        password: fc.constantFrom('p', 'wrong', undefined),
        controlled: fc.boolean(),
        unknown: fc.uniqueArray(fc.integer({ min: 0x7000, max: 0x7fff }), { maxLength: 10 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(text, options, fc.constantFrom(PATH_A, PATH_V6), (ufrag, given, path) => {
        const observer = { onPath: () => undefined, onStateChange: () => undefined };
        const other = new IceAgent({ localUfrag: ufrag, localPassword: 'p', observer });
        const request = check({ ...given, username: `${ufrag}:` });
        const response = other.receive(request, path, 0);
        expect(response?.length ?? 0).toBeLessThanOrEqual(1.5 * request.length);
      }),
      { seed: 6, numRuns: 1000 },
    );
  });

  it('changes nothing unless it is authentic, even if it is nearly so', () => {
    const valid = check({ nominate: true });
    const edit = fc.tuple(fc.nat(valid.length - 1), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(edit, ([index, mask]) => {
        // Of FINGERPRINT, the last eight bytes, only the value is looked at when it goes under another name.
        fc.pre(index < valid.length - 8);
        const broken = valid.slice();
        broken[index]! ^= mask;
        agent.receive(broken, PATH_A, 0);
        expect(agent.state).toBe('new');
      }),
      { seed: 7, numRuns: 1000 },
    );
  });
});
