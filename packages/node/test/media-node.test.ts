import { gauge, threadMetrics, type ThreadMetric } from '@parley/core';
import { silentObserver } from '@parley/sfu';
import type { DataSink, Participant } from '@parley/sfu';
import { afterEach, describe, expect, test } from 'vitest';
import type { Front, FrontConnection, FrontContext, OpenAnswer } from '../src/front.js';
import { MediaNode } from '../src/media-node.js';
import type { FromMedia } from '../src/messages.js';

const PERMISSIONS = {
  canPublish: true,
  canSubscribe: true,
  canPublishData: true,
  canUpdateOwnMetadata: true,
  canPublishSources: [],
  hidden: false,
};

/** A front without WebRTC and without LiveKit: what a client says goes to the room, and what the room says to the client. */
class ShoutFront implements Front {
  readonly name = 'shout';
  deadline = 100;
  readonly timeouts: number[] = [];
  readonly ended: string[] = [];
  readonly #context: FrontContext;
  #joins = 0;

  constructor(context: FrontContext) {
    this.#context = context;
  }

  open(payload: unknown, connection: FrontConnection): Promise<OpenAnswer> {
    const [room = '', identity = ''] = String(payload).split('/');
    let participant: Participant;
    try {
      participant = this.#context.sfu.room(room).join({
        identity,
        name: identity,
        metadata: '',
        attributes: {},
        permissions: PERMISSIONS,
        autoSubscribe: true,
        observer: {
          ...silentObserver,
          onClosed: (reason) => {
            this.ended.push(`${identity} ${reason}`);
          },
        },
      });
    } catch (error) {
      return Promise.resolve({ ok: false, status: 503, text: String(error) });
    }
    const sink: DataSink = {
      send: (data) => {
        connection.send(new TextDecoder().decode(data));
        return true;
      },
    };
    participant.setDataSink('reliable', sink);
    participant.setJoined();
    this.#joins += 1;
    return Promise.resolve({
      ok: true,
      session: {
        receive: (data) => {
          participant.sendData('reliable', new TextEncoder().encode(String(data)), []);
        },
        closed: () => {
          participant.close('client-initiated');
        },
      },
    });
  }

  ask(payload: unknown): Promise<unknown> {
    this.#context.emit(`asked ${String(payload)}`);
    return Promise.resolve(this.#context.sfu.rooms.get(String(payload))?.participants.size);
  }

  handleTimeout(now: number): void {
    this.timeouts.push(now);
    this.deadline = now + 100;
  }

  metrics(): ThreadMetric[] {
    return threadMetrics({ joins: gauge('shout_joins', 'Joins') }, { joins: this.#joins });
  }

  drain(): void {
    this.ended.push('drain');
  }

  close(): void {
    this.ended.push('close');
  }
}

let node: MediaNode | undefined;

afterEach(() => {
  node?.close();
  node = undefined;
});

function create(participantsPerRoom = 5) {
  const posted: FromMedia[] = [];
  let front: ShoutFront | undefined;
  node = new MediaNode({
    fronts: [(context) => (front = new ShoutFront(context))],
    server: { port: 0, addresses: ['127.0.0.1'], candidates: [] },
    limits: { rooms: 2, participantsPerRoom, mediaPacketsPerSecond: 1_000 },
    clock: { now: () => 0, wall: () => 0 },
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    log: () => undefined,
    post: (message) => posted.push(message),
  });
  if (front === undefined) throw new Error('the node made no front');
  const open = async (id: number, payload: string): Promise<void> => {
    node?.receive({ type: 'open', id, front: 'shout', payload });
    await Promise.resolve();
    await Promise.resolve();
  };
  return { node, front, posted, open };
}

describe('the limit of participants in a room', () => {
  test('gives the node as many transports as its greatest value needs, and no more than there can be', () => {
    expect(() => create(30_000)).not.toThrow();
    node?.close();
    expect(() => create(40_000)).toThrow('maxSessions');
  });
});

describe('a front without WebRTC', () => {
  test('brings clients to a room, who hear each other', async () => {
    const { node: media, open, posted } = create();
    await open(1, 'lobby/ada');
    await open(2, 'lobby/bob');
    media.receive({ type: 'frame', id: 1, data: 'hello' });
    media.receive({ type: 'close', id: 1 });
    media.receive({ type: 'frame', id: 1, data: 'gone' });
    expect(posted).toEqual([
      { type: 'room-started', room: 'lobby' },
      { type: 'opened', id: 1 },
      { type: 'opened', id: 2 },
      { type: 'frame', id: 2, data: 'hello' },
    ]);
  });

  test('answers questions, and tells what nobody asked', async () => {
    const { node: media, open, posted } = create();
    await open(1, 'lobby/ada');
    expect(await media.answer({ type: 'front', front: 'shout', payload: 'lobby' })).toEqual({
      type: 'front',
      payload: 1,
    });
    expect(posted.at(-1)).toEqual({ type: 'event', front: 'shout', payload: 'asked lobby' });
    await expect(media.answer({ type: 'front', front: 'telegraph', payload: '' })).rejects.toThrow(
      'There is no front "telegraph" on this node',
    );
  });

  test('is called when it is due, not more often', () => {
    const { front, node: media } = create();
    for (let now = 0; now <= 300; now += 20) media.handleTimeout(now);
    expect(front.timeouts).toEqual([100, 200, 300]);
  });

  test("has its metrics beside the node's", async () => {
    const { node: media, open } = create();
    await open(1, 'lobby/ada');
    const answer = await media.answer({ type: 'metrics' });
    const metrics = answer.type === 'metrics' ? answer.metrics : [];
    const value = (name: string) => metrics.find((metric) => metric.name === name)?.values[0]?.value;
    expect([value('shout_joins'), value('parley_rooms'), value('parley_packets_sent_total')]).toEqual([
      1, 1, 0,
    ]);
  });

  test('begins no room while the node drains, and lets people into those that are there', async () => {
    const { front, node: media, open, posted } = create();
    await open(1, 'lobby/ada');
    media.drain();
    await open(2, 'other/bob');
    await open(3, 'lobby/carol');
    expect(front.ended).toEqual(['drain']);
    expect(posted.slice(2)).toEqual([
      { type: 'refused', id: 2, status: 503, text: expect.stringContaining('shutting down') as string },
      { type: 'opened', id: 3 },
    ]);
  });

  test('hears of the end of a room whose place is lost, and of the end of the node', async () => {
    const { front, node: media, open, posted } = create();
    await open(1, 'lobby/ada');
    await open(2, 'other/bob');
    media.receive({ type: 'end-room', room: 'lobby' });
    expect(posted.at(-1)).toEqual({ type: 'room-finished', room: 'lobby' });
    media.close();
    expect(front.ended).toEqual(['ada room-closed', 'bob server-shutdown', 'close']);
  });
});
