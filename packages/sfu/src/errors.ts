/** A configured limit is reached: too many rooms, participants or publications. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}

/** The participant may not do this. */
export class PermissionError extends Error {
  override readonly name = 'PermissionError';
}
