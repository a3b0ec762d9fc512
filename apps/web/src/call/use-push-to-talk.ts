import { useEffect } from 'react';
import { useCall } from './use-call.js';

/** What Space belongs to when it has the focus. */
const TAKES_SPACE =
  'button, a, input, textarea, select, summary, [contenteditable], [role="menu"], [role="listbox"], [role="dialog"]';

/** While Space is held, a muted microphone is on. */
export function usePushToTalk(enabled: boolean): void {
  const { media } = useCall().session;

  useEffect(() => {
    if (!enabled) return;
    let isHeld = false;
    const press = (event: KeyboardEvent) => {
      if (event.key !== ' ' || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented)
        return;
      if (event.target instanceof Element && event.target.closest(TAKES_SPACE) !== null) return;
      // Else the page would scroll.
      event.preventDefault();
      if (event.repeat || media.state.get().microphone.wanted) return;
      isHeld = true;
      media.want('microphone', true);
    };
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      media.want('microphone', false);
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key === ' ') release();
    };
    window.addEventListener('keydown', press);
    window.addEventListener('keyup', onKeyUp);
    // The key may be let go where this page does not see it.
    window.addEventListener('blur', release);
    return () => {
      release();
      window.removeEventListener('keydown', press);
      window.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('blur', release);
    };
  }, [enabled, media]);
}
