import { expect, test } from 'vitest';
import { loadApiKeys } from '../../src/auth/api-keys.js';
import { webhookKey } from '../../src/webhooks/webhook-key.js';
import { SECRET, temporaryFolder, testConfig } from '../support.js';

const PARLEY_API_KEYS = `one: ${SECRET}, two: ${SECRET}2`;

test('the first key signs unless another is configured', () => {
  const first = testConfig({ PARLEY_API_KEYS });
  expect(webhookKey(first, loadApiKeys(first))).toEqual({ apiKey: 'one', secret: SECRET });
  const second = testConfig({ PARLEY_API_KEYS, PARLEY_WEBHOOKS_API_KEY: 'two' });
  expect(webhookKey(second, loadApiKeys(second))).toEqual({ apiKey: 'two', secret: `${SECRET}2` });
});

test('a key that is not among the generated ones is refused with a sentence that says what to do', () => {
  const config = testConfig({
    PARLEY_API_KEYS: '',
    PARLEY_DATA_DIR: temporaryFolder(),
    PARLEY_WEBHOOKS_API_KEY: 'three',
  });
  expect(() => webhookKey(config, loadApiKeys(config))).toThrow(
    'webhooks.api_key (PARLEY_WEBHOOKS_API_KEY) is "three", which is not among the API keys: add it to keys or write one of them',
  );
});
