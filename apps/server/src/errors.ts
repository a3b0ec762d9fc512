/** Something the operator can put right. `message` is one plain sentence for them; no stack is ever printed. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

/** Text of anything that was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Code of a system error (`EADDRINUSE`, `EACCES`), if it has one. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
