import { ScenarioContext, type Figure, type Scenario, type Sizes } from './scenarios/scenario.js';
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
    for (const kind of options.servers) {
      result.servers[kind.name] = await runScenario(scenario, kind, options);
    }
    results.push(result);
  }
  return results;
}

/** A server that fails under the load is a result too. */
async function runScenario(
  scenario: Scenario,
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
