import { isIP } from 'node:net';
import { integer, list, section, text } from '@parley/core/config';

export const httpSection = section({
  /** `localhost` is the loopback address of both families. */
  host: text('a host name or an IP address, such as localhost or 0.0.0.0').default('localhost'),
  /** 0 lets the system choose. */
  port: integer(0, 65_535).default(8045),
  /** Reverse proxies whose X-Forwarded-For is believed. */
  trusted_proxies: list(isAddressOrRange, 'a list of IP addresses or ranges such as 10.0.0.0/8').default([]),
});

/** Where metrics are served when not on the HTTP port. */
export const metricsSection = section({
  /** Absent: `localhost`. */
  host: text('a host name or an IP address, such as localhost or 0.0.0.0').optional(),
  /** Absent: on the HTTP port; 0 lets the system choose. */
  port: integer(0, 65_535).optional(),
}).refine(({ host, port }) => host === undefined || port !== undefined, {
  path: ['host'],
  error: 'it together with metrics.port, or leave it out',
});

/** What one client address may do. */
export const addressLimits = {
  /** Connections to the HTTP port, WebSockets among them. */
  connections_per_address: integer(1, 1_000_000).default(2_048),
  /** Calls that may be joined in a second; twice as many at once. */
  joins_per_second: integer(1, 100_000).default(50),
  /** Guest tokens in a minute. */
  guest_tokens_per_minute: integer(1, 1_000_000).default(120),
  /** Questions of guests who is in a room, in a minute. */
  room_questions_per_minute: integer(1, 1_000_000).default(600),
};

/** What one signalling connection may do. */
export const signalLimits = {
  /** Messages in a second; ten times as many at once. */
  messages_per_second: integer(1, 100_000).default(100),
  /** Bytes of one message. */
  message_bytes: integer(65_536, 16_777_216).default(2_097_152),
  /** Bytes that may wait for a slow one before it is closed. */
  backlog_bytes: integer(65_536, 268_435_456).default(4_194_304),
};

function isAddressOrRange(item: string): boolean {
  const [address = '', length, ...rest] = item.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128));
}
