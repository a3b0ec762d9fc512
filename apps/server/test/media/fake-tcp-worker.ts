import { FakeWorker } from '../../../../packages/core/test/support/fake-worker.js';
import { TCP_PROTOCOL_VERSION, type TcpProtocol } from '@parley/node/main-thread';

/** Stands for the worker of the TCP thread: tests say what it says. */
export class FakeTcpWorker extends FakeWorker<TcpProtocol> {
  getReady(): void {
    this.say({ type: 'hello', version: TCP_PROTOCOL_VERSION, hello: undefined });
  }

  die(message: string, code?: string): void {
    this.say({ type: 'fatal', message, code, stack: undefined });
    this.exit(1);
  }
}
