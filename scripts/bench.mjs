import { spawnSync } from 'node:child_process';
import { runScript, setup, step, tool } from './setup.mjs';

await runScript(() => {
  setup();
  step('Compiling the benchmark', process.execPath, [tool('typescript', 'tsc'), '--build', 'bench']);
  step('Compiling the floor', process.execPath, ['packages/wire/scripts/build-native.mjs', 'bench/native']);
  const { status } = spawnSync(process.execPath, ['bench/dist/main.js', ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
});
