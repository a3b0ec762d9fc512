import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SESSION_ENDED } from '@parley/contract';
import { AddressRateLimiter } from '@parley/core';
import { EventHub } from '@parley/workspace';
import type { EventListener } from '@parley/workspace';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { EventGateway } from '../../../src/http/event-gateway.js';
import { Upgrades } from '../../../src/http/upgrades.js';
import { testConfig } from '../../support.js';
import { startKitchen } from './kitchen.js';

test('a session that ends while its connection is opened ends that connection', async () => {
  const { ann, db, sessions, presence } = await startKitchen();
  /** Everything is as if somebody else ended the session in just this moment. */
  class LateHub extends EventHub {
    override async connect(listener: EventListener, after: string | undefined): Promise<void> {
      await sessions.end(listener.userId, listener.sessionId);
      this.endSessions([listener.sessionId]);
      await super.connect(listener, after);
    }
  }
  const hub = new LateHub({ db, now: () => 0, position: '0' });
  const gateway = new EventGateway({ hub, sessions, presence, onFailed: () => undefined });
  const server = createServer();
  new Upgrades([gateway], {
    ...{ config: testConfig(), joins: new AddressRateLimiter(5, 10), now: () => 0 },
    onRefused: () => undefined,
  }).attach(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/events`, {
    headers: { cookie: ann.client.cookie ?? '' },
  });
  expect((await once(socket, 'close'))[0]).toBe(SESSION_ENDED);
});
