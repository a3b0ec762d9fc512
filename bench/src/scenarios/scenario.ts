import { Load } from '../load/load.js';
import type { JoinCommand, JoiningParticipant, JoinResult } from '../load/load-commands.js';
import type { Flow } from '../floor/schedule.js';
import type { Cores } from '../pinning.js';
import type { MediaServer } from '../servers/media-server.js';

/** How much load; the defaults take all scenarios, with both servers, some six minutes. */
export interface Sizes {
  /** Who receive, in the scenarios with an audience. */
  subscribers: number;
  /** Of measuring, in the scenarios that forward. */
  seconds: number;
  /** Joins in the scenarios that count or time them. */
  joins: number;
  /** Participants at most in the scenario that measures memory. */
  participants: number;
  /** Connections that are told of messages, in the scenarios of the chat. */
  readers: number;
}

/** One number that was measured. */
export interface Figure {
  /** In the JSON. */
  key: string;
  /** In the table, with its unit. */
  label: string;
  value: number;
  /** Servers are compared by it: by how much it should be better than livekit-server's, and which way is better. */
  aim?: { better: 'less' | 'more'; times: number };
  /** The most that Parley's should be, whatever livekit-server's is. */
  limit?: number;
  /** The least that it should be. */
  least?: number;
}

export type Scenario = ServerScenario | CodeScenario;

interface AnyScenario {
  readonly name: string;
  /** What the load is, in a few words. */
  describe(sizes: Sizes): string;
}

/** Measures code of Parley's by itself. */
export interface CodeScenario extends AnyScenario {
  measure(sizes: Sizes): Promise<Figure[]>;
}

/** Measures a server under a load. */
export interface ServerScenario extends AnyScenario {
  run(context: ScenarioContext): Promise<Figure[]>;
  /** What has to be sent at least, where a scenario forwards; the first figure of `run` is the cost of a packet then. */
  floor?: ScenarioFloor;
}

export interface ScenarioFloor {
  /** What the server sends, in the scenario's order of receivers. */
  flows(sizes: Sizes): Flow[];
  /** How many times the cost of these alone Parley may need. */
  limit: number;
}

/** What a scenario works with: a fresh server, and load processes that end with it. */
export class ScenarioContext {
  readonly server: MediaServer;
  readonly sizes: Sizes;
  readonly loads: Load[] = [];
  readonly #cores: Cores | undefined;

  constructor(server: MediaServer, sizes: Sizes, cores: Cores | undefined) {
    this.server = server;
    this.sizes = sizes;
    this.#cores = cores;
  }

  startLoad(): Load {
    const load = new Load(this.#cores?.load);
    this.loads.push(load);
    return load;
  }

  /** Has participants join a room, all with a token of their own. */
  async join(
    load: Load,
    room: string,
    participants: readonly Omit<JoiningParticipant, 'token'>[],
    concurrency: JoinCommand['concurrency'] = 1,
  ): Promise<JoinResult> {
    const joining = participants.map(async (participant) => ({
      ...participant,
      token: await this.server.token(room, participant.identity),
    }));
    return load.run('join', {
      url: this.server.url,
      participants: await Promise.all(joining),
      concurrency,
    });
  }

  close(): void {
    for (const load of this.loads) load.close();
  }
}

/** `count` participants, made by their number. */
export function participants<T>(count: number, create: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => create(index));
}
