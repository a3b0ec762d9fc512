type JsonObject = Readonly<Record<string, unknown>>;

/** What rtcd knows of STUN and TURN servers, in the form of `ice_servers`. */
export interface RtcdIceServers {
  /** JSON for PARLEY_ICE_SERVERS; what is none stays as it is, for the schema to complain about. */
  iceServers: string;
  /** For PARLEY_MEDIA_STUN_SERVERS: rtcd finds out its external address with them. */
  stunServers: readonly string[];
  /** TURN servers that nobody could use, as they have no credentials and there is no secret. */
  leftOut: number;
  /** Whether credentials are made with the secret. */
  usesSecret: boolean;
}

const SECONDS_PER_MINUTE = 60;

/**
 * Reads RTCD_RTC_ICESERVERS: a list of URLs, or of objects with `urls`, `username` and `credential`.
 *
 * @param secret RTCD_RTC_TURNCONFIG_STATICAUTHSECRET, for TURN servers without credentials of their own; empty is none.
 * @param minutes RTCD_RTC_TURNCONFIG_CREDENTIALSEXPIRATIONMINUTES; empty is the default.
 */
export function rtcdIceServers(text: string, secret: string, minutes: string): RtcdIceServers {
  const list = parseList(text);
  if (list === undefined) return { iceServers: text, stunServers: [], leftOut: 0, usesSecret: false };
  const shortLived: JsonObject = {
    ...(secret !== '' && { secret }),
    ...(secret !== '' && minutes !== '' && { ttl: Number(minutes) * SECONDS_PER_MINUTE }),
  };
  const servers = list.map((item) => toServer(item, shortLived));
  const usable = servers.filter((server) => !isTurn(server) || 'secret' in server || 'credential' in server);
  return {
    iceServers: JSON.stringify(usable),
    stunServers: usable.flatMap(urlsOf).filter((url) => /^stun:/i.test(url) && !url.includes('?')),
    leftOut: servers.length - usable.length,
    usesSecret: usable.some((server) => 'secret' in server),
  };
}

function parseList(text: string): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Credentials that are empty are none, as with rtcd. */
function toServer(item: unknown, shortLived: JsonObject): JsonObject {
  if (typeof item === 'string') return toServer({ urls: [item] }, shortLived);
  const { urls, username, credential } = isObject(item) ? item : {};
  const own = {
    ...(typeof username === 'string' && username !== '' && { username }),
    ...(typeof credential === 'string' && credential !== '' && { credential }),
  };
  const server = { urls: typeof urls === 'string' ? [urls] : urls };
  const hasOwn = 'username' in own && 'credential' in own;
  return isTurn(server) && !hasOwn ? { ...server, ...shortLived } : { ...server, ...own };
}

function isTurn(server: JsonObject): boolean {
  return urlsOf(server).some((url) => /^turns?:/i.test(url));
}

function urlsOf({ urls }: JsonObject): string[] {
  return Array.isArray(urls) ? urls.filter((url) => typeof url === 'string') : [];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}
