import * as z from 'zod/mini';

/** Every code of an error that the server answers over its own HTTP API; programs tell errors apart by them. */
export const errorCodes = [
  'invalid_request',
  'not_found',
  'request_too_large',
  'unsupported_media_type',
  'too_many_requests',
  'unauthenticated',
  'guests_not_allowed',
  'unknown_host',
  'media_unavailable',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Body of every answer that is an error; `error` is a sentence to show. */
export const apiError = z.object({ code: z.enum(errorCodes), error: z.string() });

/** What of it a page reads that is older than the server, and does not know all of its codes. */
export const refusalText = z.pick(apiError, { error: true });

export type ApiErrorBody = z.output<typeof apiError>;
