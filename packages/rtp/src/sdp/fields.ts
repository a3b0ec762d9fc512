import type { Scalar } from 'sdp-transform';
import { SdpError } from './sdp-error.js';

/** The text of a field, empty when it is missing. */
export function text(value: Scalar | undefined): string {
  return value === undefined ? '' : String(value);
}

/** A whole number between `min` and `max`, or undefined. */
export function integer(value: Scalar | undefined, min: number, max: number): number | undefined {
  const number = /^\d{1,15}$/.test(text(value)) ? Number(value) : Number.NaN;

  return number >= min && number <= max ? number : undefined;
}

/** The one of `allowed` that the field's text is, or undefined. */
export function oneOf<T extends string>(value: Scalar | undefined, allowed: readonly T[]): T | undefined {
  return allowed.find((candidate) => candidate === text(value));
}

/** A list that may be missing, refused when it is longer than `limit`. */
export function bounded<T>(list: readonly T[] | undefined, limit: number, field: string): readonly T[] {
  const present = list ?? [];

  if (present.length > limit) {
    throw new SdpError(field, `stands ${present.length} times in a section`, `use at most ${limit}`);
  }

  return present;
}
