import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Fields that speak of the upgrade alone. */
const UPGRADE_FIELDS = ['upgrade', 'http2-settings'];
/** Events to which an HTTP server listens on its connections and keeps listening after an upgrade. */
const LEFT_OVER_EVENTS = ['timeout', 'pause', 'resume'];

/**
 * Requests that offer an upgrade which nobody here knows (h2c, by default of Java's client) are answered as if they did not
 * offer it: RFC 9110 section 7.8. Node has given the connection away by then, so the request is put back in front of what
 * follows it, without the offer, and the connection is handed to the server anew.
 */
export class ForeignUpgrades {
  readonly #server: Server;
  readonly #lastResponse = new WeakMap<Socket, ServerResponse>();

  constructor(server: Server) {
    this.#server = server;
    server.on('request', ({ socket }, response) => {
      this.#lastResponse.set(socket, response);
    });
  }

  /** `head` is what has come after the request's header. */
  ignore(request: IncomingMessage, head: Buffer): void {
    const { socket } = request;
    const before = this.#lastResponse.get(socket);
    if (before === undefined || before.writableFinished) {
      this.#handBack(request, head);
      return;
    }
    // Answers go out in the order of their requests.
    const onError = () => socket.destroy();
    socket.on('error', onError);
    before.once('close', () => {
      if (socket.destroyed) return;
      socket.off('error', onError);
      this.#handBack(request, head);
    });
  }

  #handBack(request: IncomingMessage, head: Buffer): void {
    const { socket } = request;
    for (const event of LEFT_OVER_EVENTS) socket.removeAllListeners(event);
    socket.setTimeout(0);
    socket.unshift(Buffer.concat([Buffer.from(headerOf(request), 'latin1'), head]));
    this.#server.emit('connection', socket);
  }
}

function headerOf({ httpVersion, method = '', rawHeaders, url = '' }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const value = rawHeaders[index + 1] ?? '';
    if (UPGRADE_FIELDS.includes(name.toLowerCase())) continue;
    lines.push(`${name}: ${name.toLowerCase() === 'connection' ? withoutUpgrade(value) : value}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function withoutUpgrade(connection: string): string {
  return connection
    .split(',')
    .map((option) => option.trim())
    .filter((option) => !UPGRADE_FIELDS.includes(option.toLowerCase()))
    .join(', ');
}
