import type { ProblemCode } from '@parley/contract';

/** What the server says, and what only the page can: nothing came, or nothing that it understands. */
export type FailureCode = ProblemCode | 'unreachable' | 'unavailable' | 'not_understood';

export interface ProblemDetails {
  /** The field of the request that it is about. */
  field?: string | undefined;
  /** Which of several mistakes, where a code stands for more than one. */
  reason?: string | undefined;
  /** Seconds after which it makes sense to try again. */
  retryAfter?: number | undefined;
}

/** A request that was not granted. Words for it: `problemText`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: FailureCode;
  readonly field: string | undefined;
  readonly reason: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: FailureCode, message: string, { field, reason, retryAfter }: ProblemDetails = {}) {
    super(message);
    this.code = code;
    this.field = field;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }
}

export function isProblem(error: unknown, code: FailureCode): boolean {
  return error instanceof ProblemError && error.code === code;
}
