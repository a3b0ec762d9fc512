import { CodedError } from '@parley/core';
import type { ErrorDetails } from '@parley/core';

export type AccountErrorCode =
  | 'already_set_up'
  | 'invalid_user_name'
  | 'user_name_taken'
  | 'invalid_password'
  | 'wrong_credentials'
  | 'too_many_attempts';

/** What an account may not do, or cannot be. `message` and `remedy` are sentences to show. */
export class AccountError extends CodedError<AccountErrorCode> {
  override readonly name = 'AccountError';
  /** Milliseconds to wait before it makes sense to try again. */
  readonly retryAfter: number | undefined;

  constructor(code: AccountErrorCode, message: string, details: ErrorDetails & { retryAfter?: number } = {}) {
    super(code, message, details);
    this.retryAfter = details.retryAfter;
  }
}
