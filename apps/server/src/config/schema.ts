import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { hostOverrideSchema, portOverrideSchema } from './overrides.js';

/** Effective configuration. Names are those of the configuration file. */
export type Config = z.output<typeof configSchema>;

/** One key of the configuration: its path in the file, its environment variable, and how its text is read. */
export interface ConfigKey {
  path: string;
  environment: string;
  kind: 'text' | 'number' | 'list' | 'pairs' | 'json';
}

/** As many as there are characters for an ICE user name fragment to begin with. */
export const MAX_MEDIA_THREADS = 64;
// The error text of each schema is what to write instead: `load.ts` makes the sentence around it.
const section = { error: 'keys and values, indented below it' };

/** STUN or TURN servers that clients are told of. */
export const iceServerSchema = z
  .strictObject(
    {
      urls: list(isIceUrl, 'a list of URLs that begin with stun:, stuns:, turn: or turns:').min(1, {
        error: 'at least one URL',
      }),
      username: text('a user name').optional(),
      credential: text('a password').optional(),
      /** Shared with the TURN servers, to make short-lived credentials with. */
      secret: text('the secret that the TURN servers share').optional(),
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

/** Default of every key; `keys` empty means that a pair is generated into the data folder. */
export const configSchema = z.strictObject({
  http: z
    .strictObject(
      {
        /** `localhost` is the loopback address of both families. */
        host: text('a host name or an IP address, such as localhost or 0.0.0.0').default('localhost'),
        /** 0 lets the system choose. */
        port: integer(0, 65_535).default(8045),
        /** Reverse proxies whose X-Forwarded-For is believed. */
        trusted_proxies: list(
          isAddressOrRange,
          'a list of IP addresses or ranges such as 10.0.0.0/8',
        ).default([]),
      },
      section,
    )
    .prefault({}),
  media: z
    .strictObject(
      {
        /** UDP port of all media; 0 lets the system choose. */
        port: integer(0, 65_535).default(8443),
        /** Whether media is taken over TCP too, on the same port. */
        tcp: choice(['on', 'off']).default('on'),
        /** Threads that rooms are spread over. Default: one for each processor. */
        threads: integer(1, MAX_MEDIA_THREADS).default(() =>
          Math.min(availableParallelism(), MAX_MEDIA_THREADS),
        ),
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
      },
      section,
    )
    .prefault({}),
  /** Told to clients; Parley itself uses none. */
  ice_servers: z.array(iceServerSchema, { error: 'a list of servers, each with urls' }).default([]),
  data_dir: text('the path of a folder').default('./data'),
  keys: z
    .record(
      z.string().regex(/^[^\s:,]+$/, { error: 'an API key without spaces, colons or commas' }),
      text('an API secret of 32 characters or more'),
      { error: 'API keys and their secrets, as "key: secret"' },
    )
    .default({}),
  guests: choice(['auto', 'on', 'off']).default('auto'),
  room: z
    .strictObject(
      {
        /** Whether the server API may unmute a participant, which turns a microphone on without its owner's doing. */
        remote_unmute: choice(['on', 'off']).default('off'),
      },
      section,
    )
    .prefault({}),
  webhooks: z
    .strictObject(
      {
        /** Receivers of all events. */
        urls: list(isHttpUrl, 'a list of URLs that begin with http:// or https://').default([]),
        /** Absent: the first of `keys`. */
        api_key: text('one of the API keys').optional(),
      },
      section,
    )
    .prefault({}),
  shutdown: z
    .strictObject(
      {
        /** How long calls may go on after SIGTERM; 0 ends them at once. */
        grace_seconds: integer(0, 86_400).default(5),
      },
      section,
    )
    .prefault({}),
  log: z
    .strictObject(
      {
        level: choice(['debug', 'info', 'warn', 'error']).default('info'),
        /** Absent: pretty on a terminal, JSON elsewhere. */
        format: choice(['json', 'pretty']).optional(),
      },
      section,
    )
    .prefault({}),
  limits: z
    .strictObject(
      {
        rooms: integer(1, 1_000_000).default(1_000),
        participants_per_room: integer(1, 100_000).default(500),
        /** Calls that one client address may join in a second; twice as many at once. */
        joins_per_second: integer(1, 100_000).default(50),
        /** Guest tokens that one client address is given in a minute. */
        guest_tokens_per_minute: integer(1, 1_000_000).default(120),
        /** RTP packets that one participant may send in a second; twice as many at once. */
        media_packets_per_second: integer(100, 1_000_000).default(3_000),
        /** UDP packets with data of one participant that may go to others in a second; five times as many at once. */
        data_packets_per_second: integer(100, 10_000_000).default(20_000),
        /** Signalling messages of one connection in a second; ten times as many at once. */
        messages_per_second: integer(1, 100_000).default(100),
        /** Bytes of one signalling message. */
        message_bytes: integer(65_536, 16_777_216).default(2_097_152),
        /** Bytes that may wait for one slow signalling connection before it is closed. */
        backlog_bytes: integer(65_536, 268_435_456).default(4_194_304),
        /** Connections for media over TCP, in all and of one client address. */
        tcp_connections: integer(1, 1_000_000).default(4_096),
        tcp_connections_per_address: integer(1, 1_000_000).default(512),
      },
      section,
    )
    .prefault({}),
});

/** All keys, in the order of the schema. */
export const configKeys: readonly ConfigKey[] = Object.entries(configSchema.shape).flatMap(
  ([name, schema]) => {
    const inner = withoutDefault(schema);
    if (!(inner instanceof z.ZodObject)) return [configKey(name, inner)];
    return Object.entries(inner.shape).map(([key, value]) =>
      configKey(`${name}.${key}`, withoutDefault(value)),
    );
  },
);

/** Whether the HTTP server can be reached from this machine alone. */
export function listensOnLoopback(config: Config): boolean {
  const { host } = config.http;
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Whether people may join as guests, with nothing but a name. */
export function guestsAllowed(config: Config): boolean {
  return config.guests === 'on' || (config.guests === 'auto' && listensOnLoopback(config));
}

function configKey(path: string, schema: unknown): ConfigKey {
  if (schema instanceof z.ZodRecord) return { path, environment: 'PARLEY_API_KEYS', kind: 'pairs' };
  return { path, environment: `PARLEY_${path.replaceAll('.', '_').toUpperCase()}`, kind: kindOf(schema) };
}

function kindOf(schema: unknown): ConfigKey['kind'] {
  if (schema instanceof z.ZodArray) return schema.element instanceof z.ZodObject ? 'json' : 'list';
  return schema instanceof z.ZodNumber ? 'number' : 'text';
}

function withoutDefault(schema: unknown): unknown {
  const wrapped =
    schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional;
  return wrapped ? withoutDefault(schema.unwrap()) : schema;
}

function text(error: string) {
  return z.string({ error }).min(1, { error });
}

function integer(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

function choice<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, { error: `one of ${values.join(', ')}` });
}

function list(accepts: (item: string) => boolean, error: string) {
  return z.array(z.string({ error }).refine(accepts, { error }), { error });
}

export function isHttpUrl(item: string): boolean {
  return URL.canParse(item) && ['http:', 'https:'].includes(new URL(item).protocol);
}

/** RFC 7064 section 3.1 and RFC 7065 section 3.1. */
function isIceUrl(item: string): boolean {
  return /^(stuns?:[^\s?]+|turns?:[^\s?]+(\?transport=(udp|tcp))?)$/.test(item);
}

/** STUN over UDP only: what it finds out is about UDP. */
function isStunUrl(item: string): boolean {
  return /^stun:(\[[0-9a-f:.]+\]|[^\s:?/[\]]+)(:\d{1,5})?$/i.test(item);
}

function isAddress(item: string): boolean {
  return isIP(item) !== 0;
}

function isAddressOrRange(item: string): boolean {
  const [address = '', length, ...rest] = item.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128));
}
