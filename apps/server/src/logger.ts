import type { Log } from '@parley/core';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Config } from './config/schema.js';

/** Standard error: standard output carries only the start line and the answers of commands. */
const STDERR = 2;
const REDACTED = '[redacted]';

/** Control characters, line separators, and all format characters, among them those that turn the direction of text. */
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu;
/** Control characters that JSON has escaped, behind whole backslashes. */
const ESCAPED_CONTROL = /(?<!\\)((?:\\\\)*)\\(u00[01][\da-f]|[bfr])/gi;

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
      hooks: {
        streamWrite: (line) => escapeInvisible(redactTokens(line), pretty && destination === undefined),
      },
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

/**
 * Writes characters that do not show, or that change how a line is shown, as their numbers: names are whatever people choose,
 * and a line must look like what it is on every screen.
 *
 * @param line In JSON, which has escaped those below U+0020 by itself.
 * @param isShown Whether it is unpacked to be shown on a terminal: the numbers stay then, but for line ends and tabs.
 */
export function escapeInvisible(line: string, isShown: boolean): string {
  const slash = isShown ? '\\\\' : '\\';
  const escaped = line.replaceAll(INVISIBLE, (character) => numbers(character, slash));
  return isShown ? escaped.replaceAll(ESCAPED_CONTROL, '$1\\\\$2') : escaped;
}

/** Of each half where it has two. */
function numbers(character: string, slash: string): string {
  return Array.from({ length: character.length }, (_, index) => character.charCodeAt(index).toString(16))
    .map((number) => `${slash}u${number.padStart(4, '0')}`)
    .join('');
}

/** The logger as those take it who know nothing of pino. */
export function toLog(logger: Logger): Log {
  return (level, fields, message) => {
    logger[level](fields, message);
  };
}
