import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Config } from './config/schema.js';

/** Standard error: standard output carries only the start line and the answers of commands. */
const STDERR = 2;
const REDACTED = '[redacted]';

/** Structured logs on standard error. Neither secrets nor tokens get through, wherever in a line they stand. */
export function createLogger(config: Config['log'], destination?: DestinationStream): Logger {
  const pretty = config.format === 'pretty' || (config.format === undefined && process.stderr.isTTY);
  const stream =
    destination ??
    (pretty
      ? PinoPretty({ destination: STDERR, sync: true, ignore: 'pid,hostname' })
      : pino.destination(STDERR));
  return pino(
    {
      level: config.level,
      base: { service: 'parley' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: ['secret', 'token', 'access_token', 'authorization', '*.secret', '*.token'],
        censor: REDACTED,
      },
      hooks: { streamWrite: redactTokens },
    },
    stream,
  );
}

/** Takes tokens out of a line that quotes a URL, a header or an error text. */
export function redactTokens(line: string): string {
  return line
    .replaceAll(/(access_token=)[^&\s"\\]+/gi, `$1${REDACTED}`)
    .replaceAll(/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, REDACTED);
}
