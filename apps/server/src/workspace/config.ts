import { choice, fromVariable, integer, section, secret, text } from '@parley/core/config';

/** Whether there are accounts and channels, or calls alone, which need no database. */
export const workspaceSetting = choice(['on', 'off']).default('on');

export const databaseSection = section({
  /** Absent: a database in the data folder. */
  url: fromVariable(
    'DATABASE_URL',
    secret(
      text('a URL such as postgres://user:password@host/database').regex(/^postgres(ql)?:\/\//, {
        error: 'a URL that begins with postgres://',
      }),
    ),
  ).optional(),
  connections: integer(1, 1000).default(10),
});
