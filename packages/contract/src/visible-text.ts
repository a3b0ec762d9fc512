import * as z from 'zod/mini';

/** What a person may type for others to see. */
export interface VisibleTextLimits {
  /** Characters as a reader counts them. */
  characters: number;
  /** Bytes of UTF-8. */
  bytes: number;
}

/** Bytes of UTF-8 that one character may have: enough for a family of four with skin tones, not for towers of marks. */
const MAX_CHARACTER_BYTES = 48;

/**
 * Text that people can see: no control characters, no invisible formatting that could imitate another name, no letter
 * that carries so many marks that it covers its neighbours. It comes out trimmed, in Unicode's form NFC.
 */
export function visibleText(field: string, { characters, bytes }: VisibleTextLimits) {
  const error = `"${field}" must be 1 to ${characters} visible characters`;
  return z.pipe(
    z.string({ error }).check(z.maxLength(bytes, { error })),
    z.pipe(
      z.transform((text: string) => text.normalize('NFC').trim()),
      z.string().check(
        z.refine((text) => isVisible(text) && byteLength(text) <= bytes, { error }),
        z.refine((text) => fits(text, characters), { error }),
      ),
    ),
  );
}

function fits(text: string, characters: number): boolean {
  const segments = [...new Intl.Segmenter().segment(text)];
  return (
    segments.length <= characters &&
    segments.every(({ segment }) => byteLength(segment) <= MAX_CHARACTER_BYTES)
  );
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function isVisible(text: string): boolean {
  // Joiners (U+200C, U+200D) belong to scripts and emoji; bidirectional controls and the rest of Cf do not.
  const joined = text.replaceAll(/[\u200c\u200d]/g, '');
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(joined) && !/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u.test(joined);
}
