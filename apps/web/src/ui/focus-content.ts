/**
 * Moves the focus to a dialog as a whole when it opens. The first button inside would show its tooltip, which would
 * then take the first Escape for itself; and a text field would bring up a phone's keyboard unasked.
 */
export function focusContent(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}
