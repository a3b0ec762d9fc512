/** The 32 bytes of a fingerprint as SDP writes it: hex pairs with colons. Undefined if it is not SHA-256. */
export function parseFingerprint(algorithm: string, value: string): Uint8Array | undefined {
  if (algorithm.toLowerCase() !== 'sha-256' || !/^[0-9a-f]{2}(:[0-9a-f]{2}){31}$/i.test(value))
    return undefined;
  return Uint8Array.from(value.split(':'), (pair) => Number.parseInt(pair, 16));
}
