import { isIP } from 'node:net';
import { z } from 'zod';

const HOST =
  'one IP address or one DNS name, or external/local pairs of IP addresses such as 203.0.113.7/10.0.0.7, separated by commas';
const PORT =
  'a whole number from 1 to 65535, or local IP address/port pairs such as 10.0.0.7/8443, separated by commas';

/** One address or name; or an external address for each of several local ones, by the local one. */
export const hostOverrideSchema = z.preprocess(
  readHostPairs,
  z
    .union([z.string(), z.record(z.string(), z.string())], { error: HOST })
    .refine((value) => (typeof value === 'string' ? isHost(value) : areAddressPairs(value)), { error: HOST }),
);

/** One port; or a port for each of several local addresses, all different. */
export const portOverrideSchema = z.preprocess(
  readPortPairs,
  z
    .union([z.number(), z.record(z.string(), z.number())], { error: PORT })
    .refine((value) => (typeof value === 'number' ? isPort(value) : arePorts(value)), { error: PORT }),
);

/** Reads rtcd's `external/local,external/local`; anything else stays as it is. */
function readHostPairs(value: unknown): unknown {
  const pairs = typeof value === 'string' ? readPairs(value) : undefined;
  return pairs === undefined
    ? value
    : (toRecord(pairs.map(([external, local]) => [local, external])) ?? value);
}

/** Reads rtcd's `local/port,local/port`, or a number in a text; anything else stays as it is. */
function readPortPairs(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (isNumber(value)) return Number(value);
  const pairs = readPairs(value)?.map(([local, text]): [string, unknown] => [
    local,
    isNumber(text) ? Number(text) : text,
  ]);
  return (pairs && toRecord(pairs)) ?? value;
}

/** Undefined for what has no slashes. */
function readPairs(text: string): [string, string][] | undefined {
  if (!text.includes('/')) return undefined;
  return text.split(',').map((item) => {
    const [left = '', right = '', ...rest] = item.split('/').map((part) => part.trim());
    return rest.length > 0 ? ['', ''] : [left, right];
  });
}

/** Undefined when a key is there twice. */
function toRecord(pairs: readonly [string, unknown][]): Record<string, unknown> | undefined {
  return new Set(pairs.map(([key]) => key)).size === pairs.length ? Object.fromEntries(pairs) : undefined;
}

function areAddressPairs(pairs: Readonly<Record<string, string>>): boolean {
  const entries = Object.entries(pairs);
  return (
    entries.length > 0 &&
    entries.every(([local, external]) => isAddress(local) && isIP(local) === isIP(external))
  );
}

/** On one external address, two local ones cannot share a port. */
function arePorts(ports: Readonly<Record<string, number>>): boolean {
  const values = Object.values(ports);
  return (
    values.length > 0 &&
    new Set(values).size === values.length &&
    values.every(isPort) &&
    Object.keys(ports).every(isAddress)
  );
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65_535;
}

function isNumber(text: string): boolean {
  return /^\s*\d+\s*$/.test(text);
}

function isAddress(item: string): boolean {
  return isIP(item) !== 0;
}

function isHost(item: string): boolean {
  const label = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?';
  // A last label of digits alone would be an IPv4 address gone wrong.
  return isAddress(item) || new RegExp(`^(${label}\\.)*(?!\\d+\\.?$)${label}\\.?$`, 'i').test(item);
}
