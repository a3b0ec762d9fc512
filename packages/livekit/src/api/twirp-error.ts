/** Twirp's error codes and the HTTP statuses that go with them (Twirp wire protocol v7, "Error Codes"). */
const STATUSES = {
  canceled: 408,
  unknown: 500,
  invalid_argument: 400,
  malformed: 400,
  not_found: 404,
  bad_route: 404,
  unauthenticated: 401,
  resource_exhausted: 429,
  failed_precondition: 412,
  unimplemented: 501,
  internal: 500,
  unavailable: 503,
} as const;

export type TwirpErrorCode = keyof typeof STATUSES;

/** What a call is refused with. The message is shown to the caller. */
export class TwirpError extends Error {
  override readonly name = 'TwirpError';
  readonly code: TwirpErrorCode;
  readonly meta: Readonly<Record<string, string>>;

  constructor(code: TwirpErrorCode, message: string, meta: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.meta = meta;
  }

  get status(): number {
    return STATUSES[this.code];
  }

  /** The body of the answer. */
  toJsonString(): string {
    const { code, message, meta } = this;
    return JSON.stringify({ code, msg: message, ...(Object.keys(meta).length > 0 && { meta }) });
  }
}

/** @param argument The field of the request that is wrong; comes back in `meta`. */
export function invalidArgument(argument: string, message: string): TwirpError {
  return new TwirpError('invalid_argument', message, { argument });
}
