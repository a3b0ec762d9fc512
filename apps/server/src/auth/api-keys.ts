import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateApiKey, type ApiKey } from '@parley/access';
import { errorCode, errorText, OperatorError } from '@parley/core';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Config } from '../config/schema.js';
import { prepareDataFolder } from '../data-folder.js';

export interface ApiKeys {
  /** API key → secret; at least one. */
  secrets: ReadonlyMap<string, string>;
  /** The first pair: it signs what the server itself gives out. */
  own: ApiKey;
  /** Where the pair is kept when it was generated; undefined when keys are configured. */
  file: string | undefined;
}

const KEY_FILE = 'keys.yaml';
const keyFileSchema = z.record(z.string().min(1), z.string().min(1));

/**
 * The configured keys; without any, the pair in the data folder, which is generated at the first start and readable
 * by its owner alone. Throws an OperatorError when the folder or its file cannot be used.
 */
export function loadApiKeys(config: Config): ApiKeys {
  const configured = new Map(Object.entries(config.keys));
  if (configured.size > 0) return toApiKeys(configured, undefined);
  const file = join(config.data_dir, KEY_FILE);
  return toApiKeys(readKeyFile(file) ?? createKeyFile(config.data_dir, file), file);
}

function toApiKeys(secrets: ReadonlyMap<string, string>, file: string | undefined): ApiKeys {
  const [first] = secrets;
  if (first === undefined)
    throw new OperatorError(
      'keys_unusable',
      `The key file ${String(file)} holds no key: delete it or mend it`,
    );
  return { secrets, own: { key: first[0], secret: first[1] }, file };
}

function readKeyFile(file: string): Map<string, string> | undefined {
  try {
    return new Map(Object.entries(keyFileSchema.parse(parse(readFileSync(file, 'utf8')))));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return undefined;
    const reason = code ?? 'it is not of the form "key: secret"';
    throw new OperatorError(
      'keys_unusable',
      `The key file ${file} cannot be read (${reason}): delete it or mend it`,
    );
  }
}

function createKeyFile(folder: string, file: string): Map<string, string> {
  prepareDataFolder(folder);
  const { key, secret } = generateApiKey(randomBytes);
  try {
    writeFileSync(file, `${key}: ${secret}\n`, { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    // Another process was faster: its pair counts.
    const theirs = errorCode(error) === 'EEXIST' ? readKeyFile(file) : undefined;
    if (theirs !== undefined) return theirs;
    // What was begun, as on a disk that is full, would be taken for the pair by the next start.
    rmSync(file, { force: true });
    throw new OperatorError('keys_unusable', `The key file ${file} cannot be written: ${errorText(error)}`);
  }
  return new Map([[key, secret]]);
}
