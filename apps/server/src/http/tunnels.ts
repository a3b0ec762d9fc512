import type { Server } from 'node:http';
import type { ErrorCode } from '@parley/contract';

const CODE: ErrorCode = 'invalid_request';
const BODY = Buffer.from(
  JSON.stringify({ code: CODE, error: 'This server is no proxy: it opens no tunnels.' }),
);
const ANSWER = Buffer.concat([
  Buffer.from(
    `HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${BODY.length}\r\n\r\n`,
  ),
  BODY,
]);

/** Answers CONNECT: Node closes such connections without a word where nobody listens for them. */
export function refuseTunnels(server: Server, onRefused: () => void): void {
  server.on('connect', (_request, socket) => {
    onRefused();
    socket.on('error', () => socket.destroy());
    socket.end(ANSWER, () => socket.destroy());
  });
}
