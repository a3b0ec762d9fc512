import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { createRoomToken, generateApiKey } from '@parley/access';
import { loadApiKeys } from './auth/api-keys.js';
import { loadConfig } from './config/load.js';
import { masked } from './config/mask.js';
import { configSchema } from './config/schema.js';
import { diagnose } from './doctor/doctor.js';
import { thisMachine } from './doctor/machine.js';
import { errorText, OperatorError } from '@parley/core';
import { isHttpUrl } from '@parley/core/config';
import { up } from './up.js';
import type { UpOptions } from './up.js';
import { VERSION } from './version.js';

export interface CommandOptions extends Omit<UpOptions, 'loaded'> {
  environment: NodeJS.ProcessEnv;
  /** Prints to standard error. */
  printError: (line: string) => void;
}

const USAGE = `Usage: parley <command> [options]

Commands:
  up             run all roles in one process
  config         print the effective configuration, secrets masked
  doctor         check this machine for what usually keeps calls from working: [--url <where people open Parley>]
  generate-keys  print a new API key and secret
  create-token   print an access token: --room <name> --identity <id> [--name <name>]

Options:
  --config <file>  configuration file (PARLEY_CONFIG; default ./parley.yaml if there is one)
  --help           print this text
  --version        print the version
`;

const OPTIONS = {
  config: { type: 'string' },
  room: { type: 'string' },
  identity: { type: 'string' },
  name: { type: 'string' },
  url: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

const FAILURE = 1;
const WRONG_USAGE = 2;

/** Runs one command; answers the exit code. */
export async function runCommand(args: readonly string[], options: CommandOptions): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    options.printError(`${errorText(error)}\n\n${USAGE}`);
    return WRONG_USAGE;
  }
  try {
    return await run(parsed.positionals, parsed.values, options);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    options.printError(error.message);
    return FAILURE;
  }
}

interface Values {
  config?: string | undefined;
  room?: string | undefined;
  identity?: string | undefined;
  name?: string | undefined;
  url?: string | undefined;
  help?: boolean | undefined;
  version?: boolean | undefined;
}

async function run(positionals: readonly string[], values: Values, options: CommandOptions): Promise<number> {
  const { print, printError, environment } = options;
  const [command, ...rest] = positionals;
  if (values.help === true || values.version === true) {
    print(values.version === true ? VERSION : USAGE.trimEnd());
    return 0;
  }
  if (command === undefined || rest.length > 0) {
    printError(USAGE);
    return WRONG_USAGE;
  }
  const load = () => loadConfig(environment, values.config);
  switch (command) {
    case 'up':
      return up({ ...options, loaded: load() });
    case 'config':
      print(stringify(masked(configSchema, load().config)).trimEnd());
      return 0;
    case 'doctor': {
      const { url } = values;
      if (url !== undefined && !isHttpUrl(url)) {
        printError('--url needs a URL that begins with http:// or https://');
        return WRONG_USAGE;
      }
      const { config, warnings } = load();
      const findings = await diagnose(config, thisMachine(), url);
      for (const warning of warnings) print(`note    ${warning}`);
      for (const { status, text } of findings) print(`${status.padEnd(7)} ${text}`);
      return findings.some(({ status }) => status === 'change') ? FAILURE : 0;
    }
    case 'generate-keys': {
      const { key, secret } = generateApiKey(randomBytes);
      print(`PARLEY_API_KEYS="${key}: ${secret}"`);
      return 0;
    }
    case 'create-token': {
      const { room, identity, name = identity } = values;
      if (room === undefined || identity === undefined || name === undefined) {
        printError('create-token needs --room and --identity');
        return WRONG_USAGE;
      }
      const { own } = loadApiKeys(load().config);
      print(await createRoomToken(own, { room, identity, name, now: Date.now() }));
      return 0;
    }
    default:
      printError(`There is no command "${command}".\n\n${USAGE}`);
      return WRONG_USAGE;
  }
}
