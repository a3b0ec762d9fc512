import type { ErrorCode } from '@parley/contract';
import { CodedError } from '@parley/core';

/** Answered with its status, its code and its message, which people read. */
export class HttpError extends CodedError<ErrorCode> {
  override readonly name = 'HttpError';
  readonly status: number;

  constructor(status: number, code: ErrorCode, message: string) {
    super(code, message);
    this.status = status;
  }
}

const CODES: ReadonlyMap<number, ErrorCode> = new Map([
  [404, 'not_found'],
  [413, 'request_too_large'],
  [415, 'unsupported_media_type'],
  [429, 'too_many_requests'],
]);

/** Whatever was thrown, as what is answered. What nobody expected is answered without its text. */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const status = statusOf(error);
  if (!(error instanceof Error) || status >= 500) {
    return new HttpError(status, 'internal', 'Something went wrong on the server.');
  }
  return new HttpError(status, CODES.get(status) ?? 'invalid_request', error.message);
}

function statusOf(error: unknown): number {
  const known = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof known === 'number' ? known : 500;
}
