/** An API key and the secret that signs its tokens. */
export interface ApiKey {
  key: string;
  secret: string;
}

/**
 * A new pair: the key is a name, the secret carries 256 bits of randomness.
 *
 * @param random Cryptographically strong random bytes.
 */
export function generateApiKey(random: (bytes: number) => Uint8Array): ApiKey {
  return {
    key: `API${Buffer.from(random(9)).toString('hex')}`,
    secret: Buffer.from(random(32)).toString('base64url'),
  };
}
