import { MessageChannel } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { SupervisedPort, type FromWorker, type ToWorker, type WorkerProtocol } from '../src/index.js';

interface Echo extends WorkerProtocol {
  hello: string;
  toWorker: string;
  fromWorker: string;
  question: string;
  answer: string;
}

/** Both ends; what the worker says comes out in order. */
function create() {
  const { port1, port2 } = new MessageChannel();
  const said: FromWorker<Echo>[] = [];
  const waiting: (() => void)[] = [];
  port2.on('message', (message: FromWorker<Echo>) => {
    said.push(message);
    for (const wake of waiting.splice(0)) wake();
  });
  const done: string[] = [];
  const worker = new SupervisedPort<Echo>({
    port: port1,
    version: 3,
    onMessage: (message) => done.push(message),
    onQuestion: (question) => {
      if (question === 'break') throw new Error('broken');
      return Promise.resolve(question.toUpperCase());
    },
    onDrain: () => done.push('drain'),
    onShutdown: () => {
      worker.post('goodbye');
    },
  });
  const until = async (count: number): Promise<FromWorker<Echo>[]> => {
    while (said.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    return said;
  };
  const tell = (message: ToWorker<Echo>): void => {
    port2.postMessage(message);
  };
  return { worker, done, tell, until };
}

describe('the end of a worker', () => {
  test('says hello, answers pings and questions, and goes on when a question breaks it', async () => {
    const { done, tell, until, worker } = create();
    worker.ready('hi');
    tell({ type: 'message', message: 'work' });
    tell({ type: 'drain' });
    tell({ type: 'ping' });
    tell({ type: 'ask', id: 1, question: 'break' });
    tell({ type: 'ask', id: 2, question: 'ask' });
    const said = await until(5);
    expect(said.map(({ type }) => type)).toEqual(['hello', 'pong', 'log', 'unanswered', 'answer']);
    expect(said[0]).toEqual({ type: 'hello', version: 3, hello: 'hi' });
    expect(said[4]).toEqual({ type: 'answer', id: 2, answer: 'ASK' });
    expect(done).toEqual(['work', 'drain']);
    tell({ type: 'shutdown' });
    expect((await until(6))[5]).toEqual({ type: 'message', message: 'goodbye' });
  });

  test('says why it cannot go on', async () => {
    const { tell, until, worker } = create();
    worker.ready('hi');
    worker.fatal(Object.assign(new Error('bind failed'), { code: 'EADDRINUSE' }));
    expect((await until(2))[1]).toMatchObject({ type: 'fatal', message: 'bind failed', code: 'EADDRINUSE' });
    tell({ type: 'shutdown' });
  });
});
