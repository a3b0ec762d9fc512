/** By which the server knows a message that is sent again. Also on pages without HTTPS, which have no `randomUUID`. */
export function newNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
