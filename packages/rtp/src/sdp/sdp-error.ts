/** A session description that cannot be used. */
export class SdpError extends Error {
  /** The SDP line that is missing or wrong, for example `a=fingerprint`. */
  readonly field: string;
  /** What whoever wrote the description should change. */
  readonly remedy: string;

  constructor(field: string, problem: string, remedy: string) {
    super(`${field} ${problem}: ${remedy}`);
    this.name = 'SdpError';
    this.field = field;
    this.remedy = remedy;
  }
}
