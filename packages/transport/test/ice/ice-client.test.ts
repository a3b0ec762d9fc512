import { beforeEach, expect, it } from 'vitest';

import { IceAgent, IceClient } from '../../src/ice/index.js';
import { randomBytes } from '../random.js';
import { createPath } from '../support/path.js';

const local = { ufrag: 'client', password: 'client password' };
const remote = { ufrag: 'server', password: 'server password' };
const PATH = createPath({ family: 4, bytes: Uint8Array.of(192, 0, 2, 1), port: 5000 });

let agent: IceAgent;
let client: IceClient;

beforeEach(() => {
  agent = new IceAgent({
    localUfrag: remote.ufrag,
    localPassword: remote.password,
    remoteUfrag: local.ufrag,
    observer: { onPath: () => undefined, onStateChange: () => undefined },
  });
  client = new IceClient({ local, remote, random: randomBytes(1) });
});

/** Runs both until a time; what the network loses, neither sees. Returns the times of the checks sent. */
function run(from: number, until: number, lose: (check: number) => boolean = () => false): number[] {
  const sent: number[] = [];
  for (let now = from; now < until; now = Math.max(now + 1, Math.min(client.deadline, agent.deadline))) {
    agent.handleTimeout(now);
    const check = client.poll(now);
    if (!check) continue;
    sent.push(now);
    if (lose(sent.length)) continue;
    const response = agent.receive(check, PATH, now + 20);
    if (response) client.receive(response, now + 40);
  }
  return sent;
}

it('nominates its path with the first check and learns its address', () => {
  run(0, 1000);
  expect(client.state).toBe('connected');
  expect(agent.state).toBe('connected');
  expect(client.mappedAddress).toEqual({ family: 4, bytes: Uint8Array.of(192, 0, 2, 1), port: 5000 });
});

it('keeps consent with a check every 2.5 seconds, give or take a fifth', () => {
  const sent = run(0, 600_000);
  const gaps = sent.slice(1).map((time, index) => time - sent[index]!);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2000);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(3041);
  expect(agent.state).toBe('connected');
});

it('connects and stays connected while half of the checks are lost', () => {
  run(0, 600_000, (check) => check % 2 === 1);
  expect(client.state).toBe('connected');
  expect(agent.state).toBe('connected');
});

it('fails after 30 seconds without an answer, and comes back with one', () => {
  run(0, 31_700, () => true);
  expect(client.state).toBe('failed');
  run(31_700, 34_000);
  expect(client.state).toBe('connected');
});

it('ignores answers that are not authentic, and answers to nothing', () => {
  const check = client.poll(0) ?? new Uint8Array(0);
  const impostor = new IceAgent({
    localUfrag: remote.ufrag,
    localPassword: 'another password',
    observer: { onPath: () => undefined, onStateChange: () => undefined },
  });
  const refused = impostor.receive(check, PATH, 1) ?? new Uint8Array(0);
  client.receive(refused, 2);
  client.receive(new Uint8Array(3), 2);
  expect(client.state).toBe('checking');
  const answer = agent.receive(check, PATH, 1) ?? new Uint8Array(0);
  client.receive(answer, 2);
  expect(client.state).toBe('connected');
  const deadline = client.deadline;
  client.receive(answer, 1000);
  expect(client.deadline).toBe(deadline);
});
