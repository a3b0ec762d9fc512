export interface ErrorDetails {
  /** The field of the request or the setting that it is about. */
  field?: string;
  /** What to do about it; a sentence. */
  remedy?: string;
  cause?: unknown;
}

/**
 * An error that is expected: programs tell it from others by its `code`, in lower case with underscores; people read its
 * `message`. Whoever lets it out to a client may show both.
 */
export class CodedError<Code extends string = string> extends Error {
  override readonly name: string = 'CodedError';
  readonly code: Code;
  readonly field: string | undefined;
  readonly remedy: string | undefined;

  constructor(code: Code, message: string, { field, remedy, cause }: ErrorDetails = {}) {
    super(message, { cause });
    this.code = code;
    this.field = field;
    this.remedy = remedy;
  }
}

export type OperatorErrorCode =
  | 'config_invalid'
  | 'config_unreadable'
  | 'data_folder_unwritable'
  | 'database_failed'
  | 'blobs_failed'
  | 'http_failed'
  | 'keys_unusable'
  | 'media_failed'
  | 'web_app_missing';

/** Something the operator can put right. `message` is one plain sentence for them; no stack is ever printed. */
export class OperatorError extends CodedError<OperatorErrorCode> {
  override readonly name = 'OperatorError';
}

/** Text of anything that was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Code of an error, if it has one: of a system error such as `EADDRINUSE`, or of a CodedError. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
