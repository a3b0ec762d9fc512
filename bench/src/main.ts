import { runBenchmark } from './benchmark.js';
import { HELP, type Options, parseOptions } from './options.js';
import { divideCores } from './pinning.js';
import { createReport, formatReport } from './report.js';
import { buildLivekit, existingLivekit } from './servers/livekit-build.js';
import { livekit } from './servers/livekit.js';
import type { MediaServerKind } from './servers/media-server.js';
import { parley } from './servers/parley.js';

// What was started ends with this process, however it ends.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(HELP);
  else await run(options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function run(options: Options): Promise<void> {
  const progress = (text: string) => {
    if (!options.json) process.stderr.write(`… ${text}\n`);
  };
  const notes: string[] = [];
  const servers: MediaServerKind[] = options.servers.includes('parley') ? [parley] : [];
  // Of what is measured of Parley alone there is nothing to compare.
  const isCompared = options.scenarios.some((scenario) => 'run' in scenario);
  if (isCompared && options.servers.includes('livekit')) {
    const binary = options.livekit === undefined ? buildLivekit(progress) : existingLivekit(options.livekit);
    if (typeof binary === 'string') notes.push(binary);
    else servers.push(livekit(binary.path, binary.version));
  }
  const cores = options.pin ? divideCores() : undefined;
  const results = await runBenchmark({ ...options, servers, cores, progress });
  const report = createReport({ servers, sizes: options.sizes, cores, results, notes });
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : `\n${formatReport(report)}\n`);
}
