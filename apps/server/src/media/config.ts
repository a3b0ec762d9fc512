import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { choice, integer, list, secret, section, text } from '@parley/core/config';
import { hostOverrideSchema, portOverrideSchema } from './overrides.js';

/** As many as there are characters for an ICE user name fragment to begin with. */
const MAX_THREADS = 64;

export const mediaSection = section({
  /** UDP port of all media; 0 lets the system choose. */
  port: integer(0, 65_535).default(8443),
  /** Whether media is taken over TCP too, on the same port. */
  tcp: choice(['on', 'off']).default('on'),
  /** Threads that rooms are spread over. Default: one for each processor. */
  threads: integer(1, MAX_THREADS).default(() => Math.min(availableParallelism(), MAX_THREADS)),
  /** Addresses advertised to clients; empty stands for the machine's own. */
  addresses: list(isAddress, 'a list of IP addresses').default([]),
  /** External address, or name resolved every minute, advertised instead; or one by local address. */
  host_override: hostOverrideSchema.optional(),
  /** Port advertised with external addresses; or one by local address. */
  port_override: portOverrideSchema.optional(),
  /** Asked for the external address where neither `addresses` nor `host_override` says it. */
  stun_servers: list(isStunUrl, 'a list of URLs such as stun:stun.example.org:3478').default([]),
  /** Local addresses that media listens on; empty stands for all. */
  bind: list(isAddress, 'a list of IP addresses').default([]),
});

/** A STUN or TURN server that clients are told of. */
const iceServer = z
  .strictObject(
    {
      urls: list(
        isIceUrl,
        'a list of URLs that begin with stun:, stuns:, turn: or turns:, with ports up to 65535',
      ).min(1, {
        error: 'at least one URL',
      }),
      username: text('a user name').optional(),
      credential: secret(text('a password')).optional(),
      /** Shared with the TURN servers, to make short-lived credentials with. */
      secret: secret(text('the secret that the TURN servers share')).optional(),
      /** Seconds that those are good for. */
      ttl: integer(60, 604_800).default(86_400),
    },
    { error: 'urls, and for TURN a secret or a username and credential' },
  )
  .refine(
    ({ secret, username, credential }) => secret === undefined || (username ?? credential) === undefined,
    {
      error: 'either a secret or a username and credential, not both',
    },
  )
  .refine(
    ({ urls, secret, username, credential }) =>
      secret !== undefined ||
      (username !== undefined && credential !== undefined) ||
      !urls.some((url) => /^turns?:/.test(url)),
    { error: 'a secret, or a username and credential, with TURN servers' },
  );

/** Told to clients; Parley itself uses none. */
export const iceServersSetting = z
  .array(iceServer, { error: 'a list of servers, each with urls' })
  .default([]);

export const roomSection = section({
  /** Whether whoever joins a room that is not there makes it; else the server API alone, and tokens with roomCreate, do. */
  auto_create: choice(['on', 'off']).default('on'),
  /** Whether the server API may unmute a participant, which turns a microphone on without its owner's doing. */
  remote_unmute: choice(['on', 'off']).default('off'),
});

export const roomLimits = {
  rooms: integer(1, 1_000_000).default(1_000),
  /** A room is on one media thread, which has transports for so many. */
  participants_per_room: integer(1, 30_000).default(500),
};

/** What one participant may send. */
export const participantLimits = {
  /** RTP packets in a second; twice as many at once. */
  media_packets_per_second: integer(100, 1_000_000).default(3_000),
  /** UDP packets with data that may go to others in a second; five times as many at once. */
  data_packets_per_second: integer(100, 10_000_000).default(20_000),
};

/** Connections for media over TCP, in all and of one client address. */
export const tcpLimits = {
  tcp_connections: integer(1, 1_000_000).default(4_096),
  tcp_connections_per_address: integer(1, 1_000_000).default(512),
};

/** RFC 7064 section 3.1 and RFC 7065 section 3.1. */
function isIceUrl(item: string): boolean {
  return /^(stuns?:[^\s?]+|turns?:[^\s?]+(\?transport=(udp|tcp))?)$/.test(item) && hasPossiblePort(item);
}

/** STUN over UDP only: what it finds out is about UDP. */
function isStunUrl(item: string): boolean {
  return /^stun:(\[[0-9a-f:.]+\]|[^\s:?/[\]]+)(:\d{1,5})?$/i.test(item) && hasPossiblePort(item);
}

/** No port, or one that there can be. What stands after the colons of an IPv6 address in brackets is none. */
function hasPossiblePort(url: string): boolean {
  const [, port] = /^\w+:(?:\[[^\]]*\]|[^:?]+):(\d+)/.exec(url) ?? [];
  return port === undefined || (Number(port) >= 1 && Number(port) <= 65_535);
}

function isAddress(item: string): boolean {
  return isIP(item) !== 0;
}
