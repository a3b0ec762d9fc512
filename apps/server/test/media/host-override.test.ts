import type { LookupAddress } from 'node:dns';
import { expect, test } from 'vitest';
import { HostOverride } from '../../src/media/host-override.js';

/** A name server that answers each question with the next of `answers`; undefined is a failure. */
function hostOverride(...answers: (string[] | undefined)[]): HostOverride {
  return new HostOverride('calls.example.org', () => {
    const answer = answers.shift();
    if (answer === undefined) return Promise.reject(new Error('getaddrinfo EAI_AGAIN'));
    return Promise.resolve(
      answer.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  });
}

test('finds all addresses of a name, IPv4 first and each once', async () => {
  const override = hostOverride(['2001:db8::1', '192.0.2.2', '192.0.2.1', '192.0.2.2']);
  expect(await override.resolve()).toBe(true);
  expect(override.addresses).toEqual(['192.0.2.1', '192.0.2.2', '2001:db8::1']);
});

test('says when the addresses are others, and another order is none', async () => {
  const override = hostOverride(['192.0.2.1', '192.0.2.2'], ['192.0.2.2', '192.0.2.1'], ['192.0.2.3']);
  await override.resolve();
  expect(await override.resolve()).toBe(false);
  expect(await override.resolve()).toBe(true);
  expect(override.addresses).toEqual(['192.0.2.3']);
});

test('keeps the addresses when the name server fails', async () => {
  const override = hostOverride(['192.0.2.1'], undefined, ['192.0.2.1']);
  await override.resolve();
  await expect(override.resolve()).rejects.toThrow(
    'the name calls.example.org in media.host_override cannot be resolved',
  );
  expect(override.addresses).toEqual(['192.0.2.1']);
  expect(await override.resolve()).toBe(false);
});
