import { rtcdIceServers } from './rtcd-ice-servers.js';
import { isServiceLink } from './service-links.js';

/** The value of one of Parley's variables, and the one of rtcd's that it was given by. */
export interface Alias {
  text: string;
  source: string;
}

interface Translation {
  /** One of Parley's variables. */
  name: string;
  /** From the value of rtcd's; undefined says nothing. */
  read: (text: string, environment: NodeJS.ProcessEnv) => string | undefined;
}

const ICE_SERVERS = 'RTCD_RTC_ICESERVERS';
const TURN_SECRET = 'RTCD_RTC_TURNCONFIG_STATICAUTHSECRET';
const TURN_MINUTES = 'RTCD_RTC_TURNCONFIG_CREDENTIALSEXPIRATIONMINUTES';

/** Variables of Mattermost's rtcd that have a meaning here. */
const TRANSLATIONS: Readonly<Record<string, readonly Translation[]>> = {
  RTCD_API_HTTP_LISTENADDRESS: [
    // Go listens on all addresses when the host is left out.
    {
      name: 'PARLEY_HTTP_HOST',
      read: (text) => text.replace(/:[^:]*$/, '').replace(/^\[|\]$/g, '') || '0.0.0.0',
    },
    { name: 'PARLEY_HTTP_PORT', read: (text) => /[^:]*$/.exec(text)?.[0] },
  ],
  RTCD_RTC_ICEADDRESSUDP: [{ name: 'PARLEY_MEDIA_BIND', read: same }],
  RTCD_RTC_ICEPORTUDP: [{ name: 'PARLEY_MEDIA_PORT', read: same }],
  RTCD_RTC_ICEHOSTOVERRIDE: [{ name: 'PARLEY_MEDIA_HOST_OVERRIDE', read: same }],
  RTCD_RTC_ICEHOSTPORTOVERRIDE: [{ name: 'PARLEY_MEDIA_PORT_OVERRIDE', read: same }],
  [ICE_SERVERS]: [
    { name: 'PARLEY_ICE_SERVERS', read: (_text, environment) => readIceServers(environment).iceServers },
    {
      name: 'PARLEY_MEDIA_STUN_SERVERS',
      read: (_text, environment) => {
        const { stunServers } = readIceServers(environment);
        return stunServers.length > 0 ? stunServers.join() : undefined;
      },
    },
  ],
  RTCD_STORE_DATASOURCE: [{ name: 'PARLEY_DATA_DIR', read: same }],
  RTCD_LOGGER_CONSOLELEVEL: [{ name: 'PARLEY_LOG_LEVEL', read: logLevel }],
  RTCD_LOGGER_CONSOLEJSON: [
    { name: 'PARLEY_LOG_FORMAT', read: (text) => (text === 'true' ? 'json' : 'pretty') },
  ],
};

/** Why the others have no effect, and what to do instead, by how their names begin. */
const WITHOUT_EFFECT: readonly (readonly [prefix: string, reason: string])[] = [
  ['RTCD_API_HTTP_TLS_', 'a reverse proxy does TLS'],
  ['RTCD_API_SECURITY_', 'PARLEY_API_KEYS says who may call the API'],
  ['RTCD_RTC_ICEADDRESSTCP', 'TCP has the addresses of UDP, PARLEY_MEDIA_BIND'],
  ['RTCD_RTC_ICEPORTTCP', 'TCP has the port of UDP, PARLEY_MEDIA_PORT'],
  ['RTCD_RTC_ENABLEIPV6', 'IPv6 is on where the machine has it'],
  ['RTCD_RTC_UDPSOCKETSCOUNT', 'sockets are read in batches, and a few are enough'],
  ['RTCD_RTC_NACK', 'packets to be sent again are kept as long as they are of use'],
  ['RTCD_RTC_DTLS_', 'addresses are verified by ICE'],
  ['RTCD_RTC_TURNCONFIG_', `there is no TURN server in ${ICE_SERVERS} that they are for`],
  ['RTCD_LOGGER_', 'logs go to standard error, PARLEY_LOG_LEVEL and PARLEY_LOG_FORMAT'],
  ['RTCD_', 'Parley does not know them'],
];

/**
 * Which of Parley's variables are given by rtcd's. One that is empty says nothing, as with rtcd; Parley's own wins.
 *
 * @returns the values by Parley's name; and sentences for the log, one about each that is taken or ignored, and one about
 *   all that have no effect. Values are not in them: they may be secrets.
 */
export function rtcdAliases(environment: NodeJS.ProcessEnv): {
  values: Map<string, Alias>;
  warnings: string[];
} {
  const values = new Map<string, Alias>();
  const warnings: string[] = [];
  const given = Object.entries(environment).flatMap(([name, text = '']) =>
    name.startsWith('RTCD_') && text.trim() !== '' && !isServiceLink(name, text)
      ? [[name, text.trim()] as const]
      : [],
  );
  const unused: string[] = [];
  for (const [source, text] of given) {
    const translations = TRANSLATIONS[source];
    if (translations === undefined) {
      if (!isTurnConfigUsed(source, environment)) unused.push(source);
      else warnings.push(`${source} is taken for PARLEY_ICE_SERVERS: use that name`);
      continue;
    }
    const taken: string[] = [];
    for (const { name, read } of translations) {
      const value = read(text, environment);
      if (value === undefined) continue;
      if (environment[name] === undefined) {
        values.set(name, { text: value, source });
        taken.push(name);
      } else {
        warnings.push(`${source} is ignored, as ${name} is set: remove it`);
      }
    }
    if (taken.length > 0)
      warnings.push(
        `${source} is taken for ${taken.join(' and ')}: use ${taken.length > 1 ? 'those names' : 'that name'}`,
      );
  }
  if (values.has('PARLEY_ICE_SERVERS') && readIceServers(environment).leftOut > 0) {
    warnings.push(
      `${ICE_SERVERS} has TURN servers without credentials, which are left out: give them a username and credential, or set ${TURN_SECRET}`,
    );
  }
  if (unused.length > 0) warnings.push(sentenceAbout(unused));
  return { values, warnings };
}

function readIceServers(environment: NodeJS.ProcessEnv) {
  const given = (name: string): string => environment[name]?.trim() ?? '';
  return rtcdIceServers(given(ICE_SERVERS), given(TURN_SECRET), given(TURN_MINUTES));
}

/** The two are part of what is made of the ICE servers, if there are short-lived credentials in it. */
function isTurnConfigUsed(source: string, environment: NodeJS.ProcessEnv): boolean {
  return (
    (source === TURN_SECRET || source === TURN_MINUTES) &&
    environment.PARLEY_ICE_SERVERS === undefined &&
    readIceServers(environment).usesSecret
  );
}

/** One sentence; those with the same reason stand together. */
function sentenceAbout(names: readonly string[]): string {
  const byReason = new Map<string, string[]>();
  for (const name of names) {
    const reason = WITHOUT_EFFECT.find(([prefix]) => name.startsWith(prefix))?.[1] ?? '';
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  }
  const parts = [...byReason].map(([reason, group]) => `${group.join(', ')} (${reason})`);
  return `These variables of rtcd have no effect: ${parts.join('; ')}`;
}

function same(text: string): string {
  return text;
}

/** Levels of rtcd's that Parley has not become the nearest. */
function logLevel(text: string): string {
  const level = text.toLowerCase();
  if (level === 'trace') return 'debug';
  return level === 'fatal' || level === 'panic' ? 'error' : level;
}
