/** Says that the character before it is a picture, where it could be a sign of text as well. */
const AS_PICTURE = '\ufe0f';
/** What could be a sign of text, unless a tone of skin follows, which makes it a picture. */
const COULD_BE_TEXT = /(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})/gu;

/**
 * An emoji in the one spelling that is stored: with U+FE0F where it belongs and nowhere else. Keyboards and lists of emoji
 * leave it out, or add it.
 */
export function spelledEmoji(text: string): string {
  return text.replaceAll(AS_PICTURE, '').replaceAll(COULD_BE_TEXT, `$&${AS_PICTURE}`);
}
