import type { FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../host-rule.js';

/** What proxies tell of whom they ask for. */
const PASSED_ON = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Whether a request was made on this machine. One that was passed on by a proxy here was not, even where the proxy is not
 * known to the settings.
 */
export function isFromThisMachine({ ip, host, headers }: FastifyRequest): boolean {
  const isNear = ip === '::1' || /^(::ffff:)?127(\.\d+){3}$/.test(ip);
  return isNear && isLoopbackHost(host) && PASSED_ON.every((name) => headers[name] === undefined);
}
