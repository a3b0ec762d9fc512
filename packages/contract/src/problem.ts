import * as z from 'zod/mini';

/** Every code of an error of `/api/v1`; programs tell errors apart by them. */
export const problemCodes = [
  'invalid_request',
  'unsupported_media_type',
  'request_too_large',
  'file_too_large',
  'too_many_requests',
  'internal',
  'unavailable',
  'storage_full',
  'cross_site',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'limit_reached',
  'slow_mode',
  'invalid',
  'already_set_up',
  'invalid_user_name',
  'user_name_taken',
  'invalid_password',
  'wrong_credentials',
  'too_many_attempts',
] as const;

export type ProblemCode = (typeof problemCodes)[number];

/** Body of every answer of `/api/v1` that is an error, as `application/problem+json` (RFC 9457). */
export const problem = z.object({
  type: z.literal('about:blank'),
  status: z.int(),
  /** A sentence to show. */
  title: z.string(),
  code: z.enum(problemCodes),
  /** The field of the request that it is about. */
  field: z.optional(z.string()),
  /** Which mistake it is, where a code stands for several: for a client that has words of its own. */
  reason: z.optional(z.string()),
  /** What to do about it; a sentence to show. */
  remedy: z.optional(z.string()),
});

export type Problem = z.output<typeof problem>;
