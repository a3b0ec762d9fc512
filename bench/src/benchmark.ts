import { measureFloor } from './floor/floor.js';
import {
  ScenarioContext,
  type Figure,
  type Scenario,
  type ScenarioFloor,
  type ServerScenario,
  type Sizes,
} from './scenarios/scenario.js';
import type { Cores } from './pinning.js';
import type { MediaServerKind, ServerName } from './servers/media-server.js';

export interface BenchmarkOptions {
  servers: readonly MediaServerKind[];
  scenarios: readonly Scenario[];
  sizes: Sizes;
  cores: Cores | undefined;
  progress: (text: string) => void;
}

/** What a scenario measured: figures, or why there are none, for each server. */
export interface ScenarioResult {
  scenario: string;
  load: string;
  servers: Partial<Record<ServerName, Figure[] | string>>;
}

/** Runs each scenario against each server, one after the other, each against a fresh one. */
export async function runBenchmark(options: BenchmarkOptions): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (const scenario of options.scenarios) {
    const result: ScenarioResult = {
      scenario: scenario.name,
      load: scenario.describe(options.sizes),
      servers: {},
    };
    results.push(result);
    if ('measure' in scenario) {
      options.progress(scenario.name);
      if (options.servers.some(({ name }) => name === 'parley'))
        result.servers.parley = await scenario.measure(options.sizes);
      continue;
    }
    for (const kind of options.servers) {
      result.servers[kind.name] = await runScenario(scenario, kind, options);
    }
    if (scenario.floor !== undefined) await addFloor(result, scenario.floor, scenario.name, options);
  }
  return results;
}

/** Measures the floor of a scenario, and says of each server how many times that it needs. */
async function addFloor(
  { servers }: ScenarioResult,
  floor: ScenarioFloor,
  name: string,
  { sizes, cores, progress }: BenchmarkOptions,
): Promise<void> {
  progress(`${name}: floor`);
  const { encrypting, sending } = await measureFloor(floor.flows(sizes), sizes.seconds, cores);
  for (const figures of Object.values(servers)) {
    if (typeof figures === 'string') continue;
    const cost = figures[0]?.value ?? Number.NaN;
    figures.splice(
      1,
      0,
      { key: 'timesFloor', label: 'times the floor', value: cost / encrypting, limit: floor.limit },
      { key: 'floorMicroseconds', label: 'floor: encrypting and sending alone, µs', value: encrypting },
      { key: 'sendingMicroseconds', label: 'of it sending, µs', value: sending },
    );
  }
}

/** A server that fails under the load is a result too. */
async function runScenario(
  scenario: ServerScenario,
  kind: MediaServerKind,
  { sizes, cores, progress }: BenchmarkOptions,
): Promise<Figure[] | string> {
  const server = await kind.start(cores?.server);
  progress(`${scenario.name}: ${kind.title}, process ${server.pid}`);
  const context = new ScenarioContext(server, sizes, cores);
  try {
    return await scenario.run(context);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    context.close();
    await server.stop();
  }
}
