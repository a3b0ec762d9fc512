import { EventEmitter } from 'node:events';
import type { FromTcp, ToTcp } from '../../../src/media/tcp/messages.js';
import type { TcpWorker } from '../../../src/media/tcp/tcp-thread.js';

/** Stands for the worker of the TCP thread: tests say what it says. */
export class FakeTcpWorker extends EventEmitter implements TcpWorker {
  readonly posted: ToTcp[] = [];
  terminated = false;

  postMessage(message: ToTcp): void {
    this.posted.push(message);
  }

  say(message: FromTcp): void {
    this.emit('message', message);
  }

  die(message: string, code?: string): void {
    this.say({ type: 'fatal', message, code });
    this.emit('exit', 1);
  }

  terminate(): Promise<number> {
    this.terminated = true;
    this.emit('exit', 0);
    return Promise.resolve(0);
  }
}
