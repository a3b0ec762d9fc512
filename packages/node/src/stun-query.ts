import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { STUN_BINDING, StunBuilder, StunClass, StunMessage } from '@parley/transport/stun';

/** Milliseconds to wait for an answer, and after each silence twice as long (RFC 8489 section 6.2.1). */
const FIRST_TIMEOUT = 500;
const ATTEMPTS = 3;
const STUN_PORT = 3478;

/**
 * Asks a STUN server as which IPv4 address it sees what comes from a local one (RFC 8489 section 7.1).
 *
 * The port that it sees is that of this question's socket: another socket has another.
 *
 * @param url `stun:host` or `stun:host:port`.
 * @throws Error when the name cannot be resolved or nobody answers.
 */
export async function queryStun(
  url: string,
  local: string,
  lookup: (host: string) => Promise<LookupAddress[]>,
  firstTimeout = FIRST_TIMEOUT,
): Promise<string> {
  const { host, port } = parseStunUrl(url);
  const server = (await lookup(host)).find(({ family }) => family === 4)?.address;
  if (server === undefined) throw new Error(`${host} has no IPv4 address`);
  const socket = createSocket('udp4');
  const failed = once(socket, 'error').then(([error]) => Promise.reject(error as Error));
  failed.catch(() => undefined);
  try {
    socket.bind(0, local);
    await Promise.race([once(socket, 'listening'), failed]);
    // From nobody else is anything heard then.
    socket.connect(port, server);
    await Promise.race([once(socket, 'connect'), failed]);
    const transactionId = new Uint8Array(randomBytes(12));
    const answered = new Promise<string>((resolve) => {
      socket.on('message', (message) => {
        const external = externalAddress(message, transactionId);
        if (external !== undefined) resolve(external);
      });
    });
    const request = new StunBuilder(StunClass.REQUEST, STUN_BINDING, transactionId).finish();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      socket.send(request);
      const external = await Promise.race([answered, failed, silence(firstTimeout * 2 ** attempt)]);
      if (external !== undefined) return external;
    }
    throw new Error(`${url} does not answer`);
  } finally {
    socket.close();
  }
}

function parseStunUrl(url: string): { host: string; port: number } {
  const [, bracketed, plain = '', port] = /^stun:(?:\[(.*)\]|([^:]*))(?::(\d+))?$/i.exec(url) ?? [];
  return { host: bracketed ?? plain, port: port === undefined ? STUN_PORT : Number(port) };
}

/** Undefined for what is no answer to this question. */
function externalAddress(message: Uint8Array, transactionId: Uint8Array): string | undefined {
  const answer = StunMessage.parse(message);
  if (answer?.class !== StunClass.SUCCESS || answer.method !== STUN_BINDING) return undefined;
  if (Buffer.compare(answer.transactionId, transactionId) !== 0) return undefined;
  const seen = answer.xorMappedAddress;
  return seen?.family === 4 && seen.bytes[0] !== 0 ? seen.bytes.join('.') : undefined;
}

function silence(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds, undefined).unref();
  });
}
