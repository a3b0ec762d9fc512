import type { SignalAnswer, SignalConnection, SignalRequest } from '@parley/livekit';
import { describe, expect, test } from 'vitest';
import type { FromMedia, SignalHttpRequest } from '../../src/media/messages.js';
import { SignalSessions } from '../../src/media/signal-sessions.js';
import type { SignalService } from '../../src/media/signal-sessions.js';

const REQUEST: SignalHttpRequest = {
  path: 'v1',
  query: 'access_token=a.b&join_request=%3D',
  authorization: 'Bearer abc',
  userAgent: 'test',
  address: '192.0.2.1',
};

/** A service that answers as it is told, and writes down what its sessions hear. */
class FakeService implements SignalService {
  readonly requests: SignalRequest[] = [];
  readonly heard: string[] = [];
  answer: 'accept' | 'refuse' | 'throw' = 'accept';
  /** Called with the connection before the answer is given. */
  onConnect: (connection: SignalConnection) => void = () => undefined;
  connection: SignalConnection | undefined;
  /** Held until this settles. */
  gate: Promise<void> = Promise.resolve();

  validate(request: SignalRequest): Promise<{ status: number; text: string }> {
    this.requests.push(request);
    if (this.answer === 'throw') return Promise.reject(new Error('broken'));
    return Promise.resolve({ status: 200, text: 'success' });
  }

  async connect(request: SignalRequest, connection: SignalConnection): Promise<SignalAnswer> {
    this.requests.push(request);
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
}

function create() {
  const service = new FakeService();
  const posted: FromMedia[] = [];
  const sessions = new SignalSessions(service, (message) => {
    posted.push(message);
  });
  return { service, posted, sessions };
}

describe('connect', () => {
  test('accepts, then passes messages both ways', async () => {
    const { service, posted, sessions } = create();
    await sessions.connect(1, REQUEST);
    sessions.receive(1, 'hello');
    service.connection?.send('welcome');
    service.connection?.close(1000, 'bye');
    service.connection?.send('late');
    expect(posted).toEqual([
      { type: 'accepted', id: 1 },
      { type: 'send', id: 1, data: 'welcome' },
      { type: 'close', id: 1, code: 1000, reason: 'bye' },
    ]);
    expect(service.heard).toEqual(['receive hello']);
    expect(service.requests[0]?.query.get('join_request')).toBe('=');
    expect(service.requests[0]).toMatchObject({
      authorization: 'Bearer abc',
      userAgent: 'test',
      address: '192.0.2.1',
    });
    expect(sessions.size).toBe(0);
  });

  test('says what was said before the acceptance after it, in order', async () => {
    const { service, posted, sessions } = create();
    service.onConnect = (connection) => {
      connection.send('join');
      connection.close(1000, 'leave');
    };
    await sessions.connect(1, REQUEST);
    expect(posted.map(({ type }) => type)).toEqual(['accepted', 'send', 'close']);
  });

  test('rejects with the status of the service', async () => {
    const { service, posted, sessions } = create();
    service.answer = 'refuse';
    await sessions.connect(1, REQUEST);
    expect(posted).toEqual([{ type: 'rejected', id: 1, status: 401, text: 'invalid token' }]);
    expect(sessions.size).toBe(0);
  });

  test('rejects with 500 when the service fails', async () => {
    const { service, posted, sessions } = create();
    service.answer = 'throw';
    await sessions.connect(1, REQUEST);
    expect(posted.map(({ type }) => type)).toEqual(['log', 'rejected']);
    expect(posted[1]).toMatchObject({ status: 500 });
  });

  test.each([
    ['accept' as const, ['closed']],
    ['refuse' as const, []],
  ])('says of a client that has gone meanwhile just that (%s)', async (answer, heard) => {
    const { service, posted, sessions } = create();
    service.answer = answer;
    let open = (): void => undefined;
    service.gate = new Promise((resolve) => {
      open = resolve;
    });
    const connecting = sessions.connect(1, REQUEST);
    sessions.disconnect(1);
    open();
    await connecting;
    expect(posted).toEqual([{ type: 'abandoned', id: 1 }]);
    expect(service.heard).toEqual(heard);
  });
});

describe('an open session', () => {
  test('hears when its client has gone, once', async () => {
    const { service, sessions } = create();
    await sessions.connect(1, REQUEST);
    sessions.disconnect(1);
    sessions.disconnect(1);
    sessions.receive(1, 'late');
    expect(service.heard).toEqual(['closed']);
  });

  test('that fails is closed with 1011; the others go on', async () => {
    const { service, posted, sessions } = create();
    await sessions.connect(1, REQUEST);
    await sessions.connect(2, REQUEST);
    sessions.receive(1, 'break');
    sessions.receive(2, 'hello');
    expect(posted.slice(2).map(({ type }) => type)).toEqual(['log', 'close']);
    expect(posted[3]).toMatchObject({ id: 1, code: 1011 });
    expect(service.heard).toEqual(['closed', 'receive hello']);
  });

  test('sends a copy of just its bytes, so that one message can go to many', async () => {
    const { service, posted, sessions } = create();
    await sessions.connect(1, REQUEST);
    const message = new Uint8Array(100).subarray(3, 5);
    service.connection?.send(message);
    service.connection?.send(message);
    const sent = posted.filter((one) => one.type === 'send');
    expect(sent.map(({ data }) => data)).toEqual([new Uint8Array(2), new Uint8Array(2)]);
    expect(sent.map(({ data }) => typeof data === 'object' && data.buffer.byteLength)).toEqual([2, 2]);
  });
});

describe('validate', () => {
  test('posts the answer of the service, or 500 when it fails', async () => {
    const { service, posted, sessions } = create();
    await sessions.validate(7, REQUEST);
    service.answer = 'throw';
    await sessions.validate(8, REQUEST);
    expect(posted.filter(({ type }) => type === 'validated')).toEqual([
      { type: 'validated', id: 7, status: 200, text: 'success' },
      { type: 'validated', id: 8, status: 500, text: 'internal error' },
    ]);
  });
});
