import { CodedError } from '@parley/core';
import type { Refusal } from './permissions/index.js';

/**
 * Why something is not done. `not_found` is said as well of what one may not see, `conflict` of what does not fit with
 * what is there, `limit_reached` of more than there may be.
 */
export type WorkspaceErrorCode = Refusal | 'conflict' | 'limit_reached' | 'invalid';

/** `message` and `remedy` are sentences to show. */
export class WorkspaceError extends CodedError<WorkspaceErrorCode> {
  override readonly name = 'WorkspaceError';
}
