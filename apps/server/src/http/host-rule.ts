import type { ErrorCode } from '@parley/contract';
import { listensOnLoopback } from '../config/schema.js';
import type { Config } from '../config/schema.js';

/** Whether a request's Host is a name of this server. */
export type HostRule = (host: string | undefined) => boolean;

/** Answer to a request for another host. */
export const FOREIGN_HOST: { status: number; code: ErrorCode; text: string } = {
  status: 421,
  code: 'unknown_host',
  text: 'This server is for its own machine alone: open it as localhost. To serve other names, also through a proxy, set guests (PARLEY_GUESTS) to "on" or "off".',
};

/**
 * A page whose owner points its name at 127.0.0.1 (DNS rebinding) has the origin of this server for a browser on this
 * machine; only Host tells the two apart. So Host is looked at where being able to reach the server is all that guests
 * need: while it listens on loopback. Where `guests` is set, whoever runs the server has decided, maybe for a proxy in front.
 */
export function hostRule(config: Config): HostRule {
  if (config.guests !== 'auto' || !listensOnLoopback(config)) return () => true;
  return (host) => host !== undefined && isLoopbackHost(host);
}

/** Whether a Host, with or without a port, names this machine. */
export function isLoopbackHost(host: string): boolean {
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`)) return false;
  const name = new URL(`http://${host}`).hostname.replace(/\.$/, '');
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(\.\d+){3}$/.test(name)
  );
}
