const LINK = /https?:\/\/[^\s<>]/i;

/** Whether a text leads to a page. */
export function hasLink(text: string): boolean {
  return LINK.test(text);
}
