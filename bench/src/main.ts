import { parseArgs } from 'node:util';
import { measure } from './measure.js';
import { createReport, formatTable } from './report.js';
import { Server } from './server.js';

const HELP = `Measures what forwarding one video track to many subscribers costs the server.

  --subscribers <number>  who receive the track (100)
  --seconds <number>      of measuring (20)
  --joins <number>        for the time to first media (50)
  --json                  print JSON alone
`;

const { values } = parseArgs({
  options: {
    subscribers: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '20' },
    joins: { type: 'string', default: '50' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(HELP);
} else {
  const server = await Server.start();
  try {
    const options = {
      subscribers: positive('subscribers', values.subscribers),
      seconds: positive('seconds', values.seconds),
      joins: positive('joins', values.joins),
    };
    const measurement = await measure(server, options, (text) => {
      if (!values.json) process.stderr.write(`… ${text}\n`);
    });
    const report = createReport(measurement);
    if (!values.json) process.stdout.write(`\n${formatTable(report)}\n\n`);
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await server.stop();
  }
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new RangeError(`--${name} is "${text}"; give a whole number above 0.`);
  return number;
}
