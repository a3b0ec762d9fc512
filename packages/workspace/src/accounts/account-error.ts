import { CodedError } from '@parley/core';
import type { ErrorDetails } from '@parley/core';
import type { PasswordMistake } from './password.js';
import type { UserNameMistake } from './user-name.js';

export type AccountErrorCode =
  | 'already_set_up'
  | 'invalid_user_name'
  | 'user_name_taken'
  | 'invalid_password'
  | 'wrong_credentials'
  | 'too_many_attempts';

export interface AccountErrorDetails extends ErrorDetails {
  retryAfter?: number;
  reason?: UserNameMistake | PasswordMistake;
}

/** What an account may not do, or cannot be. `message` and `remedy` are sentences to show. */
export class AccountError extends CodedError<AccountErrorCode> {
  override readonly name = 'AccountError';
  /** Milliseconds to wait before it makes sense to try again. */
  readonly retryAfter: number | undefined;
  /** What is wrong with a name or a password. */
  readonly reason: UserNameMistake | PasswordMistake | undefined;

  constructor(code: AccountErrorCode, message: string, details: AccountErrorDetails = {}) {
    super(code, message, details);
    this.retryAfter = details.retryAfter;
    this.reason = details.reason;
  }
}
