import { CodedError } from '@parley/core';
import type { ErrorDetails } from '@parley/core';
import type { Refusal } from './permissions/index.js';

/**
 * Why something is not done. `not_found` is said as well of what one may not see, `conflict` of what does not fit with
 * what is there, `limit_reached` of more than there may be, `too_many_requests` and `slow_mode` of what may be done later,
 * `file_too_large` and `storage_full` of what has no room.
 */
export type WorkspaceErrorCode =
  | Refusal
  | 'conflict'
  | 'limit_reached'
  | 'invalid'
  | 'too_many_requests'
  | 'slow_mode'
  | 'file_too_large'
  | 'storage_full';

/** `message` and `remedy` are sentences to show. */
export class WorkspaceError extends CodedError<WorkspaceErrorCode> {
  override readonly name = 'WorkspaceError';
  /** Milliseconds after which it can be done. */
  readonly retryAfter: number | undefined;

  constructor(
    code: WorkspaceErrorCode,
    message: string,
    details: ErrorDetails & { retryAfter?: number } = {},
  ) {
    super(code, message, details);
    this.retryAfter = details.retryAfter;
  }
}
