let lastInput: string | undefined;

window.addEventListener('keydown', (event) => (lastInput = event.key), { capture: true });
window.addEventListener('pointerdown', () => (lastInput = undefined), { capture: true });

/** Whether the focus is moving because the person pressed Tab, and not because something closed and gave it back. */
export function isTabFocus(): boolean {
  return lastInput === 'Tab';
}
