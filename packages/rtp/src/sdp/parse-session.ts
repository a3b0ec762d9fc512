import { grammar, parse, type RawMedia, type RawSession, type RawShared } from 'sdp-transform';
import { oneOf, text } from './fields.js';
import { parseMediaSection } from './parse-media.js';
import { SdpError } from './sdp-error.js';
import type {
  DtlsFingerprint,
  DtlsSetup,
  IceParameters,
  MediaSection,
  SessionDescription,
} from './session-description.js';

/** Longest description taken, in UTF-16 units. */
export const MAX_SDP_LENGTH = 1024 * 1024;

/** Most media sections taken. */
export const MAX_SECTIONS = 512;

/** Most lines taken: as many as real descriptions of `MAX_SDP_LENGTH` have, and far less than empty ones could be. */
const MAX_LINES = 40_000;

/** Longest line taken: keeps the cost of matching it small. */
const MAX_LINE_LENGTH = 8192;

const SETUPS: readonly DtlsSetup[] = ['actpass', 'active', 'passive'];

// The library's own rule for a=msid stops at the first character that is not a letter, digit or hyphen, and so cuts
// stream ids like `PA_x|TR_y` short and loses Firefox's `{…}`.
for (const rule of grammar.a) {
  if (rule.push === 'msid') {
    rule.reg = /^msid:(\S+)(?: (\S+))?/;
  }
}

/**
 * Parses and validates an offer or answer of a WebRTC peer (RFC 8866, RFC 8829). All its media must share one transport.
 *
 * @throws {SdpError} When it is too large, malformed, or lacks what a transport needs.
 */
export function parseSessionDescription(sdp: string): SessionDescription {
  checkSize(sdp);

  const raw = parse(sdp);

  if (raw.media.length > MAX_SECTIONS) {
    throw new SdpError('m=', `stands ${raw.media.length} times`, `offer at most ${MAX_SECTIONS} sections`);
  }

  const media = raw.media.map(parseMediaSection);

  checkMids(media);

  const bundle = parseBundle(raw, media);
  const sources = transportSources(raw, media, bundle);

  return {
    ice: parseIce(raw, sources),
    fingerprint: parseFingerprint(sources),
    setup: parseSetup(sources),
    bundle,
    extmapAllowMixed: sources.some((source) => source.extmapAllowMixed !== undefined),
    media,
  };
}

/** The 32 bytes of a fingerprint. */
export function fingerprintBytes({ value }: DtlsFingerprint): Uint8Array {
  return Uint8Array.from(value.split(':'), (pair) => Number.parseInt(pair, 16));
}

function checkSize(sdp: string): void {
  if (sdp.length > MAX_SDP_LENGTH) {
    throw new SdpError('v=', `starts ${sdp.length} characters`, `send at most ${MAX_SDP_LENGTH}`);
  }
  if (!/^v=0\r?\n/.test(sdp)) {
    throw new SdpError('v=', 'is missing', 'start the description with "v=0"');
  }

  const lines = sdp.split('\n');

  if (lines.length > MAX_LINES) {
    throw new SdpError('v=', `starts ${lines.length} lines`, `send at most ${MAX_LINES}`);
  }
  if (lines.some((line) => line.length > MAX_LINE_LENGTH)) {
    throw new SdpError(
      'v=',
      'is followed by too long a line',
      `keep lines below ${MAX_LINE_LENGTH} characters`,
    );
  }
}

function checkMids(media: readonly MediaSection[]): void {
  const seen = new Set<string>();

  for (const { mid } of media) {
    if (seen.has(mid)) {
      throw new SdpError('a=mid', `is "${mid}" twice`, 'give each section a mid of its own');
    }

    seen.add(mid);
  }
}

function parseBundle(raw: RawSession, media: readonly MediaSection[]): string[] {
  const group = raw.groups?.find(({ type }) => text(type) === 'BUNDLE');
  const active = media.filter(({ rejected }) => !rejected);

  if (group === undefined) {
    if (active.length > 1) {
      throw new SdpError('a=group:BUNDLE', 'is missing', 'put all sections into one BUNDLE group');
    }

    return active.map(({ mid }) => mid);
  }

  const grouped = text(group.mids).split(' ');
  const outside = active.find(({ mid }) => !grouped.includes(mid));

  if (outside !== undefined) {
    throw new SdpError(
      'a=group:BUNDLE',
      `lacks mid "${outside.mid}"`,
      'put all sections into one BUNDLE group',
    );
  }

  return grouped.filter((mid) => active.some((section) => section.mid === mid));
}

/** Where the transport's attributes may stand: in the bundle's sections in their order, and at the session. */
function transportSources(
  raw: RawSession,
  media: readonly MediaSection[],
  bundle: readonly string[],
): RawShared[] {
  const sections = new Map<string, RawMedia>();

  media.forEach((section, index) => {
    const rawMedia = raw.media[index];

    if (!section.rejected && rawMedia !== undefined) {
      sections.set(section.mid, rawMedia);
    }
  });

  const bundled = bundle.map((mid) => sections.get(mid)).filter((section) => section !== undefined);

  return [...bundled, raw];
}

function parseIce(raw: RawSession, sources: readonly RawShared[]): IceParameters {
  const ufrag = text(sources.find((source) => source.iceUfrag !== undefined)?.iceUfrag);
  const pwd = text(sources.find((source) => source.icePwd !== undefined)?.icePwd);

  if (!/^[A-Za-z0-9+/]{4,256}$/.test(ufrag)) {
    throw new SdpError('a=ice-ufrag', 'is missing or malformed', 'give 4 to 256 letters, digits, "+" or "/"');
  }
  if (!/^[A-Za-z0-9+/]{22,256}$/.test(pwd)) {
    throw new SdpError('a=ice-pwd', 'is missing or malformed', 'give 22 to 256 letters, digits, "+" or "/"');
  }

  return { ufrag, pwd, lite: raw.icelite !== undefined };
}

function parseFingerprint(sources: readonly RawShared[]): DtlsFingerprint {
  const raw = sources.find((source) => source.fingerprint !== undefined)?.fingerprint;
  const value = text(raw?.hash).toUpperCase();

  if (text(raw?.type).toLowerCase() !== 'sha-256' || !/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/.test(value)) {
    throw new SdpError(
      'a=fingerprint',
      'is missing or malformed',
      'give the SHA-256 hash of the DTLS certificate as "sha-256 AB:CD:…"',
    );
  }

  return { algorithm: 'sha-256', value };
}

function parseSetup(sources: readonly RawShared[]): DtlsSetup {
  const setup = oneOf(sources.find((source) => source.setup !== undefined)?.setup, SETUPS);

  if (setup === undefined) {
    throw new SdpError('a=setup', 'is missing or unknown', `say one of ${SETUPS.join(', ')}`);
  }

  return setup;
}
