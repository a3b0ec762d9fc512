import { BlobsUnavailable, isFull, isUnavailable } from '@parley/store';
import type { Problem, ProblemCode } from '@parley/contract';
import { CodedError } from '@parley/core';
import type { ErrorDetails } from '@parley/core';
import { AccountError, WorkspaceError } from '@parley/workspace';
import type { AccountErrorCode, WorkspaceErrorCode } from '@parley/workspace';
import type { FastifyReply } from 'fastify';

export interface ProblemDetails extends ErrorDetails {
  /** Milliseconds. */
  retryAfter?: number | undefined;
  /** Which mistake it is, where a code stands for several. */
  reason?: string | undefined;
}

/** Answered as problem+json, with its status, code, sentence, field and remedy. */
export class ProblemError extends CodedError<ProblemCode> {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly retryAfter: number | undefined;
  readonly reason: string | undefined;

  constructor(status: number, code: ProblemCode, title: string, details: ProblemDetails = {}) {
    super(code, title, details);
    this.status = status;
    this.retryAfter = details.retryAfter;
    this.reason = details.reason;
  }
}

/** Milliseconds after which a database that was away may be back. */
const RETRY_AFTER = 2_000;

const ACCOUNT_STATUS: Record<AccountErrorCode, number> = {
  already_set_up: 409,
  invalid_user_name: 422,
  user_name_taken: 409,
  invalid_password: 422,
  wrong_credentials: 401,
  too_many_attempts: 429,
};

const WORKSPACE_STATUS: Record<WorkspaceErrorCode, number> = {
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  limit_reached: 409,
  invalid: 422,
  too_many_requests: 429,
  slow_mode: 429,
  file_too_large: 413,
  storage_full: 507,
};

const CODES: ReadonlyMap<number, ProblemCode> = new Map([
  [404, 'not_found'],
  [413, 'request_too_large'],
  [415, 'unsupported_media_type'],
  [429, 'too_many_requests'],
]);

/** Whatever was thrown, as what is answered. What nobody expected is answered without its text. */
export function toProblem(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  if (isUnavailable(thrown)) {
    const what = thrown instanceof BlobsUnavailable ? 'files' : 'database';
    return new ProblemError(503, 'unavailable', `The server cannot reach its ${what}.`, {
      remedy: 'Try again in a moment.',
      retryAfter: RETRY_AFTER,
    });
  }
  if (isFull(thrown)) {
    return new ProblemError(507, 'storage_full', 'The server has no space left.', {
      remedy: 'Tell whoever runs it.',
    });
  }
  if (thrown instanceof AccountError) {
    const { code, message, field, reason, remedy, retryAfter } = thrown;
    return new ProblemError(ACCOUNT_STATUS[code], code, message, {
      ...(field !== undefined && { field }),
      ...(remedy !== undefined && { remedy }),
      ...{ reason, retryAfter },
    });
  }
  if (thrown instanceof WorkspaceError) {
    const { code, message, field, remedy, retryAfter } = thrown;
    return new ProblemError(WORKSPACE_STATUS[code], code, message, {
      ...(field !== undefined && { field }),
      ...(remedy !== undefined && { remedy }),
      retryAfter,
    });
  }
  const status = thrown instanceof Error && 'statusCode' in thrown ? thrown.statusCode : undefined;
  if (!(thrown instanceof Error) || typeof status !== 'number' || status >= 500) {
    return new ProblemError(500, 'internal', 'Something went wrong on the server.', {
      remedy: 'Try again in a moment.',
    });
  }
  return new ProblemError(status, CODES.get(status) ?? 'invalid_request', thrown.message);
}

export function sendProblem(reply: FastifyReply, error: ProblemError): FastifyReply {
  const { status, code, message, field, reason, remedy, retryAfter } = error;
  const body: Problem = {
    ...{ type: 'about:blank', status, title: message, code },
    ...(field !== undefined && { field }),
    ...(reason !== undefined && { reason }),
    ...(remedy !== undefined && { remedy }),
  };
  if (retryAfter !== undefined) void reply.header('retry-after', Math.max(1, Math.ceil(retryAfter / 1000)));
  return reply.code(status).type('application/problem+json').send(JSON.stringify(body));
}
