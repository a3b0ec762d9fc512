import { describe, expect, test } from 'vitest';
import { FrontLinks } from '../src/front-links.js';
import type { Front, FrontConnection, OpenAnswer } from '../src/front.js';
import type { FromMedia } from '../src/messages.js';

/** A front that answers as it is told, and writes down what its sessions hear. */
class FakeFront implements Front {
  readonly name = 'fake';
  readonly deadline = Infinity;
  readonly heard: string[] = [];
  answer: 'accept' | 'refuse' | 'throw' = 'accept';
  /** Called with the connection before the answer is given. */
  onConnect: (connection: FrontConnection) => void = () => undefined;
  connection: FrontConnection | undefined;
  /** Held until this settles. */
  gate: Promise<void> = Promise.resolve();

  async open(payload: unknown, connection: FrontConnection): Promise<OpenAnswer> {
    this.heard.push(`open ${String(payload)}`);
    this.connection = connection;
    this.onConnect(connection);
    await this.gate;
    if (this.answer === 'throw') throw new Error('broken');
    if (this.answer === 'refuse') return { ok: false, status: 401, text: 'invalid token' };
    const session = {
      receive: (data: Uint8Array | string) => {
        if (data === 'break') throw new Error('broken');
        this.heard.push(`receive ${String(data)}`);
      },
      closed: () => {
        this.heard.push('closed');
      },
    };
    return { ok: true, session };
  }

  ask(): Promise<unknown> {
    return Promise.resolve(undefined);
  }

  handleTimeout(): void {
    throw new Error('never due');
  }

  metrics(): [] {
    return [];
  }

  drain(): void {
    this.heard.push('drain');
  }

  close(): void {
    this.heard.push('close');
  }
}

function create() {
  const front = new FakeFront();
  const posted: FromMedia[] = [];
  const logged: string[] = [];
  const links = new FrontLinks(
    new Map([[front.name, front]]),
    (message) => posted.push(message),
    (_level, _fields, message) => logged.push(message),
  );
  return { front, posted, logged, links };
}

describe('open', () => {
  test('lets the client in, then passes frames both ways', async () => {
    const { front, links, posted } = create();
    await links.open(1, 'fake', 'ada');
    links.receive(1, 'hello');
    front.connection?.send('welcome');
    front.connection?.close(1000, 'bye');
    front.connection?.send('late');
    expect(posted).toEqual([
      { type: 'opened', id: 1 },
      { type: 'frame', id: 1, data: 'welcome' },
      { type: 'close', id: 1, code: 1000, reason: 'bye' },
    ]);
    expect(front.heard).toEqual(['open ada', 'receive hello']);
    expect(links.size).toBe(0);
  });

  test('says what was said before the client was let in after it, in order', async () => {
    const { front, links, posted } = create();
    front.onConnect = (connection) => {
      connection.send('join');
      connection.close(1000, 'leave');
    };
    await links.open(1, 'fake', '');
    expect(posted.map(({ type }) => type)).toEqual(['opened', 'frame', 'close']);
  });

  test.each([
    ['refuse' as const, { status: 401, text: 'invalid token' }],
    ['throw' as const, { status: 500, text: 'internal error' }],
  ])('refuses with the status of the front, or 500 when it fails (%s)', async (answer, refusal) => {
    const { front, links, logged, posted } = create();
    front.answer = answer;
    await links.open(1, 'fake', '');
    expect(posted).toEqual([{ type: 'refused', id: 1, ...refusal }]);
    expect(logged).toEqual(answer === 'throw' ? ['A link could not be opened'] : []);
    expect(links.size).toBe(0);
  });

  test('refuses who comes for a front that is not there', async () => {
    const { links, posted } = create();
    await links.open(1, 'telegraph', '');
    expect(posted).toEqual([
      { type: 'refused', id: 1, status: 404, text: 'there is no front "telegraph" here' },
    ]);
  });

  test.each([
    ['accept' as const, ['open ', 'closed']],
    ['refuse' as const, ['open ']],
  ])('says of a client that has gone meanwhile just that (%s)', async (answer, heard) => {
    const { front, links, posted } = create();
    front.answer = answer;
    let letIn = (): void => undefined;
    front.gate = new Promise((resolve) => {
      letIn = resolve;
    });
    const opening = links.open(1, 'fake', '');
    links.closed(1);
    letIn();
    await opening;
    expect(posted).toEqual([{ type: 'abandoned', id: 1 }]);
    expect(front.heard).toEqual(heard);
  });
});

describe('an open link', () => {
  test('hears when its client has gone, once', async () => {
    const { front, links } = create();
    await links.open(1, 'fake', '');
    links.closed(1);
    links.closed(1);
    links.receive(1, 'late');
    expect(front.heard).toEqual(['open ', 'closed']);
  });

  test('that fails is closed with 1011; the others go on', async () => {
    const { front, links, posted } = create();
    await links.open(1, 'fake', '');
    await links.open(2, 'fake', '');
    links.receive(1, 'break');
    links.receive(2, 'hello');
    expect(posted.slice(2)).toEqual([{ type: 'close', id: 1, code: 1011, reason: 'internal error' }]);
    expect(front.heard.slice(2)).toEqual(['closed', 'receive hello']);
  });

  test('sends a copy of just its bytes, so that one message can go to many', async () => {
    const { front, links, posted } = create();
    await links.open(1, 'fake', '');
    const message = new Uint8Array(100).subarray(3, 5);
    front.connection?.send(message);
    front.connection?.send(message);
    const sent = posted.flatMap((one) => (one.type === 'frame' ? [one.data] : []));
    expect(sent).toEqual([new Uint8Array(2), new Uint8Array(2)]);
    expect(sent.map((data) => typeof data === 'object' && data.buffer.byteLength)).toEqual([2, 2]);
  });
});
