import { parseArgs } from 'node:util';
import { callScenarios, scenarios } from './scenarios/index.js';
import type { Scenario, Sizes } from './scenarios/scenario.js';
import { serverNames, type ServerName } from './servers/media-server.js';

export interface Options {
  help: boolean;
  json: boolean;
  pin: boolean;
  scenarios: readonly Scenario[];
  servers: readonly ServerName[];
  /** A livekit-server to use instead of one that is built. */
  livekit: string | undefined;
  sizes: Sizes;
}

export const HELP = `Measures what calls cost a server: Parley and, under the same load in the same run, livekit-server. Scenarios of the chat are run
when they are named, on the embedded database and on PostgreSQL.

  --scenario <name>        one scenario alone, or several: ${scenarios.map(({ name }) => name).join(', ')}
  --server <name>          one server alone: ${serverNames.join(', ')}
  --subscribers <number>   who receive, in video and audio (100)
  --seconds <number>       of measuring, in video, audio and meeting (10)
  --joins <number>         in joins and first-media (50)
  --participants <number>  at most, in memory (400)
  --readers <number>       connections that are told of messages, in chat-fan-out; twice as many in chat-idle (1000)
  --livekit <path>         a livekit-server to use instead of one built through the Go module proxy
  --no-pin                 server and load share all cores, instead of half of them each
  --json                   print JSON alone
`;

/** Throws a sentence for what cannot be meant. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      scenario: { type: 'string', multiple: true, default: callScenarios.map(({ name }) => name) },
      server: { type: 'string', multiple: true, default: [...serverNames] },
      subscribers: { type: 'string', default: '100' },
      seconds: { type: 'string', default: '10' },
      joins: { type: 'string', default: '50' },
      participants: { type: 'string', default: '400' },
      readers: { type: 'string', default: '1000' },
      livekit: { type: 'string' },
      pin: { type: 'boolean', default: true },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    help: values.help,
    json: values.json,
    pin: values.pin,
    scenarios: values.scenario.map((name) =>
      known(
        'scenario',
        name,
        scenarios.find((scenario) => scenario.name === name),
      ),
    ),
    servers: values.server.map((name) =>
      known(
        'server',
        name,
        serverNames.find((server) => server === name),
      ),
    ),
    livekit: values.livekit,
    sizes: {
      subscribers: positive('subscribers', values.subscribers, 1_000),
      seconds: positive('seconds', values.seconds, 600),
      joins: positive('joins', values.joins, 1_000),
      participants: positive('participants', values.participants, 1_000),
      readers: positive('readers', values.readers, 10_000),
    },
  };
}

function known<T>(option: string, name: string, found: T | undefined): T {
  if (found === undefined) throw new RangeError(`--${option} is "${name}", which there is not; see --help.`);
  return found;
}

function positive(name: string, text: string, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw new RangeError(`--${name} is "${text}"; give a whole number from 1 to ${most}.`);
  return number;
}
