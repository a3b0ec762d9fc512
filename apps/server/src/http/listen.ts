import { lookup } from 'node:dns/promises';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** What a host stands for: `localhost` has an address in each family, any other is taken as it is. */
export async function listenAddresses(host: string): Promise<string[]> {
  if (host !== 'localhost') return [host];
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    return [host];
  }
}

/**
 * Listens on one port of all addresses. There is one HTTP server; connections to other addresses than the first are
 * handed to it, so that whatever looks at its connections sees all.
 *
 * Rejects with the system's error when the first address cannot be listened on. Another one is left out then.
 *
 * @returns the port.
 */
export async function listen(
  app: FastifyInstance,
  [first = 'localhost', ...others]: readonly string[],
  port: number,
): Promise<number> {
  await app.listen({ host: first, port });
  const bound = app.server.address();
  const chosen = typeof bound === 'object' && bound !== null ? bound.port : port;
  for (const host of others) await openDoor(app.server, host, chosen);
  return chosen;
}

/** Settles when it is open, or cannot be. */
function openDoor(server: FastifyInstance['server'], host: string, port: number): Promise<void> {
  // As an HTTP server opens its own: it ends its side after the last answer.
  const door: Server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    server.emit('connection', socket);
  });
  server.once('close', () => door.close());
  return new Promise((resolve) => {
    door.once('listening', resolve).on('error', (error) => {
      // What keeps it from accepting is the server's to count.
      if (door.listening) server.emit('error', error);
      resolve();
    });
    door.listen({ host, port });
  });
}
