/** Whether keys belong to what has the focus: a field to type in, an open menu, list or dialog. */
export function isKeyboardTaken(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest(TAKERS) !== null;
}

const TAKERS =
  'input, textarea, select, [role="menu"], [role="listbox"], [role="dialog"]:not([data-shortcuts])';
