import { choice, integer, section, text } from '@parley/core/config';

/** Where the process keeps what must last. */
export const dataDirSetting = text('the path of a folder').default('./data');

export const shutdownSection = section({
  /** How long calls may go on after SIGTERM; 0 ends them at once. */
  grace_seconds: integer(0, 86_400).default(5),
});

export const logSection = section({
  level: choice(['debug', 'info', 'warn', 'error']).default('info'),
  /** Absent: pretty on a terminal, JSON elsewhere. */
  format: choice(['json', 'pretty']).optional(),
});
