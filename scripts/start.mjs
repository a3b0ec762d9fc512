import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { runScript, setup } from './setup.mjs';

await runScript(async () => {
  setup();
  // In this process rather than in a child: signals reach the server as they are.
  const program = resolve('apps/server/bin/parley.js');
  process.argv = [process.execPath, program, 'up', ...process.argv.slice(2)];
  await import(pathToFileURL(program).href);
});
