import type { WebhookKey } from '@parley/livekit/sign-webhook';
import type { ApiKeys } from '../auth/api-keys.js';
import type { Config } from '../config/schema.js';
import { OperatorError } from '@parley/core';

/** The pair that signs webhooks: the one that is configured, else the first. Throws an OperatorError. */
export function webhookKey({ webhooks }: Config, { own, secrets }: ApiKeys): WebhookKey {
  const apiKey = webhooks.api_key ?? own.key;
  const secret = secrets.get(apiKey);
  if (secret === undefined) {
    throw new OperatorError(
      'config_invalid',
      `webhooks.api_key (PARLEY_WEBHOOKS_API_KEY) is "${apiKey}", which is not among the API keys: add it to keys or write one of them`,
    );
  }
  return { apiKey, secret };
}
