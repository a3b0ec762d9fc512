import { spawnSync } from 'node:child_process';
import { runScript, setup, tool } from './setup.mjs';

await runScript(() => {
  setup();
  const [minutes] = process.argv.slice(2);
  const { status } = spawnSync(process.execPath, [tool('vitest', 'vitest'), 'run', '--project', 'soak'], {
    stdio: 'inherit',
    env: { ...process.env, ...(minutes !== undefined && { PARLEY_SOAK_MINUTES: minutes }) },
  });
  process.exit(status ?? 1);
});
