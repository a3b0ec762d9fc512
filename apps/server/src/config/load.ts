import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { z } from 'zod';
import { errorCode, errorText, OperatorError } from '@parley/core';
import { weakSecrets } from '../auth/config.js';
import { applyEnvironment } from './environment.js';
import { mistakes } from './mistakes.js';
import { rtcdAliases } from './rtcd-aliases.js';
import { configSchema } from './schema.js';
import type { Config } from './schema.js';
import { FILE_VARIABLE, settingsOf } from './settings-of.js';
import { isTree } from './tree.js';
import type { Tree } from './tree.js';

export interface LoadedConfig {
  config: Config;
  /** The file that was read, if any. */
  file: string | undefined;
  /** Sentences about what works but should be otherwise. */
  warnings: string[];
}

const DEFAULT_FILE = './parley.yaml';

/**
 * Reads the configuration from a file and the environment (which wins) and validates it as a whole.
 *
 * `file` is the path from the command line; without it PARLEY_CONFIG, then `./parley.yaml` if there is one.
 * Throws an OperatorError that lists everything that is wrong.
 */
export function loadConfig(environment: NodeJS.ProcessEnv, file?: string): LoadedConfig {
  const { config, file: read, warnings } = readConfig(configSchema, environment, file);
  return { config, file: read, warnings: [...warnings, ...weakSecrets(config.keys)] };
}

/** Reads what the sections below `root` declare, whatever they are. */
export function readConfig<Root extends z.ZodObject>(
  root: Root,
  environment: NodeJS.ProcessEnv,
  file?: string,
): { config: z.output<Root>; file: string | undefined; warnings: string[] } {
  const problems: string[] = [];
  const { path, tree } = readTree(file ?? environment[FILE_VARIABLE]);
  const { values: aliases, warnings } = rtcdAliases(environment);
  const settings = settingsOf(root);
  const sources = applyEnvironment(tree, { settings, environment, aliases }, problems);
  const result = root.safeParse(tree);
  if (!result.success) problems.unshift(...mistakes(result.error, { root, settings, tree, sources }));
  if (!result.success || problems.length > 0) {
    const heading = `The configuration${path === undefined ? '' : ` (${path})`} has mistakes:`;
    throw new OperatorError(
      'config_invalid',
      [heading, ...problems.map((problem) => `- ${problem}`)].join('\n'),
    );
  }
  return { config: result.data, file: path, warnings };
}

function readTree(wanted: string | undefined): { path: string | undefined; tree: Tree } {
  const path = wanted ?? DEFAULT_FILE;
  let source: string;
  try {
    source = readFileSync(path, 'utf8');
  } catch (error) {
    if (wanted === undefined && errorCode(error) === 'ENOENT') return { path: undefined, tree: {} };
    const reason = errorCode(error) === 'ENOENT' ? 'there is no such file' : errorText(error);
    throw new OperatorError('config_unreadable', `The configuration file ${path} cannot be read: ${reason}`);
  }
  const tree = parseYaml(path, source);
  if (tree === null) return { path, tree: {} };
  if (!isTree(tree))
    throw new OperatorError('config_unreadable', `The configuration file ${path} must hold keys and values`);
  return { path, tree };
}

function parseYaml(path: string, source: string): unknown {
  try {
    return parse(source);
  } catch (error) {
    const reason = errorText(error).split('\n')[0] ?? '';
    throw new OperatorError(
      'config_unreadable',
      `The configuration file ${path} is not valid YAML: ${reason}`,
    );
  }
}
