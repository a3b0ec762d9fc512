import { z } from 'zod';
import { choice, fromVariable, secret, text } from '@parley/core/config';

const MINIMAL_SECRET_LENGTH = 32;

/** API keys and their secrets; empty means that a pair is generated into the data folder. */
export const keysSetting = fromVariable(
  'PARLEY_API_KEYS',
  z.record(
    z.string().regex(/^[^\s:,]+$/, { error: 'an API key without spaces, colons or commas' }),
    secret(text('an API secret of 32 characters or more')),
    { error: 'API keys and their secrets, as "key: secret"' },
  ),
).default({});

/** Whether people may join with nothing but a name; `auto`: where HTTP listens on loopback. */
export const guestsSetting = choice(['auto', 'on', 'off']).default('auto');

/** A sentence about each secret that can be guessed, without saying it. */
export function weakSecrets(keys: Readonly<Record<string, string>>): string[] {
  return Object.entries(keys)
    .filter(([, value]) => value.length < MINIMAL_SECRET_LENGTH)
    .map(
      ([key]) =>
        `The secret of API key ${key} is shorter than ${MINIMAL_SECRET_LENGTH} characters and can be guessed: make one with "parley generate-keys"`,
    );
}
