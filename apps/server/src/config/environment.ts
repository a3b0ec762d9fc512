import { nearestName } from './nearest-name.js';
import type { Alias } from './rtcd-aliases.js';
import { isServiceLink } from './service-links.js';
import { FILE_VARIABLE } from './settings-of.js';
import type { Setting } from './settings-of.js';
import { setPath } from './tree.js';
import type { Tree } from './tree.js';

const PREFIX = 'PARLEY_';

export interface EnvironmentOptions {
  settings: readonly Setting[];
  environment: NodeJS.ProcessEnv;
  /** Other values, by the names of variables. */
  aliases: ReadonlyMap<string, Alias>;
}

/**
 * Puts the values of the settings' variables, and of their aliases, into `tree`. Others that begin with PARLEY_ are mistakes.
 *
 * @param problems gets a sentence about each that cannot be read; what was given is not repeated, it may be a secret.
 * @returns which variable each path came from.
 */
export function applyEnvironment(
  tree: Tree,
  options: EnvironmentOptions,
  problems: string[],
): Map<string, string> {
  const { settings, environment, aliases } = options;
  const sources = new Map<string, string>();
  const aliased = [...aliases].map(([name, { text }]): [string, string] => [name, text]);
  const names = [...settings.map((setting) => setting.environment), FILE_VARIABLE];
  for (const [name, text] of [...Object.entries(environment), ...aliased]) {
    if (text === undefined || name === FILE_VARIABLE) continue;
    const setting = settings.find((candidate) => candidate.environment === name);
    if (setting === undefined) {
      if (name.startsWith(PREFIX) && !isServiceLink(name, text)) problems.push(unknownVariable(name, names));
      continue;
    }
    const source = aliases.get(name)?.source ?? name;
    setPath(tree, setting.path, read(setting.kind, source, text, problems));
    sources.set(setting.path, source);
  }
  return sources;
}

function unknownVariable(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  const nested = known.filter((candidate) => candidate.endsWith(name.slice(PREFIX.length - 1)));
  const meant = near === undefined ? nested : [near];
  return `${name} is not a known environment variable${meant.length === 0 ? '' : `; did you mean ${meant.join(' or ')}?`}`;
}

function read(kind: Setting['kind'], name: string, text: string, problems: string[]): unknown {
  const trimmed = text.trim();
  switch (kind) {
    case 'text':
      return trimmed;
    case 'number':
      return /^-?\d+$/.test(trimmed) ? Number(trimmed) : trimmed;
    case 'list':
      return items(text, ',');
    case 'pairs':
      return readPairs(name, text, problems);
    case 'json':
      return readJson(name, text, problems);
  }
}

function items(text: string, separator: string | RegExp): string[] {
  return text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function readJson(name: string, text: string, problems: string[]): unknown {
  try {
    return JSON.parse(text);
  } catch {
    problems.push(`${name} is not valid JSON`);
    return undefined;
  }
}

/** Reads "key: secret" pairs, one a line or separated by commas. A pair without a colon is a problem. */
function readPairs(name: string, text: string, problems: string[]): Record<string, string> {
  const pairs: [string, string][] = [];
  for (const [index, item] of items(text, /[\n,]/).entries()) {
    const colon = item.indexOf(':');
    const key = item.slice(0, colon).trim();
    const value = item.slice(colon + 1).trim();
    if (colon < 1 || key === '' || value === '') {
      problems.push(`${name}: pair ${index + 1} is not of the form "key: secret"`);
    } else {
      pairs.push([key, value]);
    }
  }
  return Object.fromEntries(pairs);
}
