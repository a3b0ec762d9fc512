import type { ClientInfo } from '@livekit/protocol';
import { MimeType } from '@parley/rtp';

/** Video codecs that are withheld from a client, though it offers them. */
export interface DisabledCodecs {
  publish: readonly string[];
  subscribe: readonly string[];
}

/** What quirks go by, in lower case. */
interface Client {
  os: string;
  deviceModel: string;
  browser: string;
  browserVersion: string;
}

interface Quirk extends DisabledCodecs {
  matches: (client: Client) => boolean;
}

/** What is known not to work well, as in LiveKit's device configuration: applications find what they are used to. */
const QUIRKS: readonly Quirk[] = [
  {
    matches: ({ browser }) => browser === 'safari',
    publish: [MimeType.AV1],
    subscribe: [MimeType.AV1],
  },
  {
    matches: ({ browser, browserVersion }) => browser === 'safari' && isAbove(browserVersion, [18, 3]),
    publish: [MimeType.VP9],
    subscribe: [],
  },
  {
    // A phone of Xiaomi's, by its model, with its brand before it or not.
    matches: ({ deviceModel, os }) => os === 'android' && /(^|\s)2201117ti$/.test(deviceModel),
    publish: [MimeType.H264],
    subscribe: [],
  },
  {
    matches: ({ browser, os }) =>
      (browser === 'firefox' || browser === 'firefox mobile') && (os === 'linux' || os === 'android'),
    publish: [MimeType.H264],
    subscribe: [],
  },
];

/**
 * What is withheld from a client.
 *
 * @param userAgent Of its request; tells what a browser's client does not say of itself.
 */
export function disabledCodecs(info: Partial<ClientInfo>, userAgent: string): DisabledCodecs {
  const client = describe(info, userAgent);
  const quirks = QUIRKS.filter(({ matches }) => matches(client));
  return {
    publish: quirks.flatMap(({ publish }) => publish),
    subscribe: quirks.flatMap(({ subscribe }) => subscribe),
  };
}

function describe(info: Partial<ClientInfo>, userAgent: string): Client {
  const { browser = '', browserVersion = '', deviceModel = '', os = '' } = info;
  const [seen, version] = browserOf(userAgent);
  return {
    os: (os || osOf(userAgent)).toLowerCase(),
    deviceModel: (deviceModel || deviceOf(userAgent)).toLowerCase(),
    browser: (browser || seen).toLowerCase(),
    browserVersion: browser === '' ? version : browserVersion,
  };
}

/** Name and version of the browsers that have quirks. */
function browserOf(userAgent: string): [name: string, version: string] {
  const firefox = /\bFirefox\/([\d.]+)/.exec(userAgent)?.[1];
  if (firefox !== undefined) return ['firefox', firefox];
  // Chromium and others call themselves Safari, too, but give no version of it.
  const safari = /\bVersion\/([\d.]+)(?: Mobile\/\S+)? Safari\//.exec(userAgent)?.[1];
  return safari !== undefined && osOf(userAgent) === '' ? ['safari', safari] : ['', ''];
}

function osOf(userAgent: string): string {
  if (userAgent.includes('Android')) return 'android';
  return userAgent.includes('Linux') ? 'linux' : '';
}

/** The model of an Android device: `… (Linux; Android 12; 2201117TI Build/…) …`. */
function deviceOf(userAgent: string): string {
  return /\bAndroid [^;)]+; ([^;)]+?)(?: Build\/[^;)]*)?[;)]/.exec(userAgent)?.[1] ?? '';
}

function isAbove(version: string, limit: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (let index = 0; index < Math.max(parts.length, limit.length); index++) {
    const [part = 0, bound = 0] = [parts[index], limit[index]];
    if (part !== bound) return part > bound;
  }
  return false;
}
