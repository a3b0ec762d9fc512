import { runCommand } from './commands.js';

process.exit(
  await runCommand(process.argv.slice(2), {
    environment: process.env,
    print: (line) => process.stdout.write(`${line}\n`),
    printError: (line) => process.stderr.write(`${line}\n`),
    signals: process,
    exit: (code) => process.exit(code),
  }),
);
