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
/** Joiners (U+200C, U+200D) belong to scripts and emoji; bidirectional controls and the rest of Cf do not. */
const HIDDEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;
const ALL_HIDDEN = new RegExp(HIDDEN, 'gu');

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
        z.refine((text) => hasVisible(text) && byteLength(text) <= bytes, { error }),
        z.refine((text) => fits(text, characters), { error }),
      ),
    ),
  );
}

/** Whether all of a text shows as what it is: names that serve as keys are taken as they are, or not at all. */
export function isPlainText(text: string): boolean {
  return (
    !HIDDEN.test(text) &&
    charactersOf(text).every((character) => byteLength(character) <= MAX_CHARACTER_BYTES)
  );
}

/** As much of a name that somebody else gave as shows; empty when nothing does. */
export function plainText(text: string): string {
  if (isPlainText(text) && hasVisible(text)) return text;
  const shown = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll(ALL_HIDDEN, '');
  return hasVisible(shown) ? charactersOf(shown).map(shortened).join('') : '';
}

function fits(text: string, characters: number): boolean {
  return charactersOf(text).length <= characters && isPlainText(text);
}

/** As a reader counts them. */
function charactersOf(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

/** A character without the marks that are too many. */
function shortened(character: string): string {
  let kept = '';
  for (const codePoint of character) {
    if (byteLength(kept + codePoint) > MAX_CHARACTER_BYTES) break;
    kept += codePoint;
  }
  return kept;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function hasVisible(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}
