import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { z } from 'zod';
import { errorCode, errorText, OperatorError } from '../errors.js';
import { nearestName } from './nearest-name.js';
import { rtcdAliases } from './rtcd-aliases.js';
import type { Alias } from './rtcd-aliases.js';
import { configKeys, configSchema, iceServerSchema } from './schema.js';
import type { Config, ConfigKey } from './schema.js';
import { isServiceLink } from './service-links.js';

export interface LoadedConfig {
  config: Config;
  /** The file that was read, if any. */
  file: string | undefined;
  /** Sentences about what works but should be otherwise. */
  warnings: string[];
}

type Tree = Record<string, unknown>;

const DEFAULT_FILE = './parley.yaml';
const MINIMAL_SECRET_LENGTH = 32;
/** Environment variables that are not keys of the configuration. */
const OTHER_VARIABLES = ['PARLEY_CONFIG'];

/**
 * Reads the configuration from a file and the environment (which wins) and validates it as a whole.
 *
 * `file` is the path from the command line; without it PARLEY_CONFIG, then `./parley.yaml` if there is one.
 * Throws an OperatorError that lists everything that is wrong.
 */
export function loadConfig(environment: NodeJS.ProcessEnv, file?: string): LoadedConfig {
  const problems: string[] = [];
  const { path, tree } = readTree(file ?? environment.PARLEY_CONFIG);
  const aliases = rtcdAliases(environment);
  const sources = applyEnvironment(tree, environment, aliases.values, problems);
  const result = configSchema.safeParse(tree);
  if (!result.success) problems.unshift(...describeIssues(result.error, tree, sources));
  if (!result.success || problems.length > 0) {
    const heading = `The configuration${path === undefined ? '' : ` (${path})`} has mistakes:`;
    throw new OperatorError([heading, ...problems.map((problem) => `- ${problem}`)].join('\n'));
  }
  return { config: result.data, file: path, warnings: [...aliases.warnings, ...weakSecrets(result.data)] };
}

function weakSecrets(config: Config): string[] {
  return Object.entries(config.keys)
    .filter(([, secret]) => secret.length < MINIMAL_SECRET_LENGTH)
    .map(
      ([key]) =>
        `The secret of API key ${key} is shorter than ${MINIMAL_SECRET_LENGTH} characters and can be guessed: make one with "parley generate-keys"`,
    );
}

function readTree(wanted: string | undefined): { path: string | undefined; tree: Tree } {
  const path = wanted ?? DEFAULT_FILE;
  let source: string;
  try {
    source = readFileSync(path, 'utf8');
  } catch (error) {
    if (wanted === undefined && errorCode(error) === 'ENOENT') return { path: undefined, tree: {} };
    const reason = errorCode(error) === 'ENOENT' ? 'there is no such file' : errorText(error);
    throw new OperatorError(`The configuration file ${path} cannot be read: ${reason}`);
  }
  const tree = parseYaml(path, source);
  if (tree === null) return { path, tree: {} };
  if (!isTree(tree)) throw new OperatorError(`The configuration file ${path} must hold keys and values`);
  return { path, tree };
}

function parseYaml(path: string, source: string): unknown {
  try {
    return parse(source);
  } catch (error) {
    const reason = errorText(error).split('\n')[0] ?? '';
    throw new OperatorError(`The configuration file ${path} is not valid YAML: ${reason}`);
  }
}

/** Puts the values of PARLEY_ variables, and of their `aliases`, into `tree`; answers which variable each path came from. */
function applyEnvironment(
  tree: Tree,
  environment: NodeJS.ProcessEnv,
  aliases: ReadonlyMap<string, Alias>,
  problems: string[],
): Map<string, string> {
  const sources = new Map<string, string>();
  const aliased = [...aliases].map(([name, { text }]): [string, string] => [name, text]);
  const names = [...configKeys.map((key) => key.environment), ...OTHER_VARIABLES];
  for (const [name, text] of [...Object.entries(environment), ...aliased]) {
    if (!name.startsWith('PARLEY_') || text === undefined || OTHER_VARIABLES.includes(name)) continue;
    const key = configKeys.find((candidate) => candidate.environment === name);
    const source = aliases.get(name)?.source ?? name;
    if (key === undefined && isServiceLink(name, text)) continue;
    if (key === undefined) {
      problems.push(`${name} is not a known environment variable${suggestion(name, names)}`);
    } else if (key.kind === 'pairs') {
      tree[key.path] = parsePairs(name, text, problems);
    } else if (key.kind === 'json') {
      setPath(tree, key.path, parseJson(source, text, problems));
      sources.set(key.path, source);
    } else {
      setPath(tree, key.path, parseText(key, text));
      sources.set(key.path, source);
    }
  }
  return sources;
}

function parseText(key: ConfigKey, text: string): unknown {
  const trimmed = text.trim();
  if (key.kind === 'number' && /^-?\d+$/.test(trimmed)) return Number(trimmed);
  if (key.kind !== 'list') return trimmed;
  return trimmed
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Reads JSON. What is none is a problem, and not repeated: it may hold a secret. */
function parseJson(name: string, text: string, problems: string[]): unknown {
  try {
    return JSON.parse(text);
  } catch {
    problems.push(`${name} is not valid JSON`);
    return undefined;
  }
}

/** Reads "key: secret" pairs, one a line or separated by commas. A pair without a colon is a problem. */
function parsePairs(name: string, text: string, problems: string[]): Record<string, string> {
  const pairs: [string, string][] = [];
  const items = text.split(/[\n,]/).map((item) => item.trim());
  for (const [index, item] of items.filter((candidate) => candidate !== '').entries()) {
    const colon = item.indexOf(':');
    const key = item.slice(0, colon).trim();
    const secret = item.slice(colon + 1).trim();
    // What was given is not repeated: it may be a secret.
    if (colon < 1 || key === '' || secret === '') {
      problems.push(`${name}: pair ${index + 1} is not of the form "key: secret"`);
    } else {
      pairs.push([key, secret]);
    }
  }
  return Object.fromEntries(pairs);
}

function describeIssues(error: z.ZodError, tree: Tree, sources: Map<string, string>): string[] {
  const sentences = error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownKey(path, key));
    }
    const key = configKeys.find((candidate) => `${path.join('.')}.`.startsWith(`${candidate.path}.`))?.path;
    const name = key ?? path.join('.');
    const expected =
      issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    if (name === 'keys') return [`keys${path[1] === undefined ? '' : `.${path[1]}`}: write ${expected}`];
    // What was given is not repeated: it may be a secret.
    if (name === 'ice_servers') {
      return [`${path.join('.')} (${sources.get(name) ?? 'in the file'}): write ${expected}`];
    }
    const given = JSON.stringify(valueAt(tree, path));
    return [`${name} (${sources.get(name) ?? 'in the file'}) is ${given}: write ${expected}`];
  });
  return [...new Set(sentences)];
}

function unknownKey(section: readonly string[], key: string): string {
  const paths = configKeys.map((candidate) => candidate.path);
  const name = [...section, key].join('.');
  if (section[0] === 'ice_servers') {
    return `${name} is not a known key${suggestion(key, Object.keys(iceServerSchema.shape))}`;
  }
  const elsewhere = paths.find((path) => path.endsWith(`.${key}`));
  if (elsewhere !== undefined) return `${name} is not a known key; did you mean ${elsewhere}?`;
  const sections = Object.keys(configSchema.shape);
  return `${name} is not a known key${suggestion(name, section.length === 0 ? sections : paths)}`;
}

function suggestion(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === undefined ? '' : `; did you mean ${near}?`;
}

function setPath(tree: Tree, path: string, value: unknown): void {
  const [first = '', second] = path.split('.');
  if (second === undefined) {
    tree[first] = value;
    return;
  }
  const section = tree[first];
  // A section of another type stays as it is, for the schema to complain about.
  if (isTree(section)) section[second] = value;
  else if (section === undefined || section === null) tree[first] = { [second]: value };
}

function valueAt(tree: Tree, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => {
    if (Array.isArray(value)) return value[Number(name)] as unknown;
    return isTree(value) ? value[name] : undefined;
  }, tree);
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
