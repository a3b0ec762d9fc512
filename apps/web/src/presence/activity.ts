import { Store } from '../lib/store.js';

/** Who has done nothing in the page for so long is away, in milliseconds. */
export const IDLE_AFTER = 600_000;

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus'] as const;

/** Whether somebody is at this page. */
export const activity = new Store(true);

/** Watches the page until the function it returns is called. A page that is not seen gives no signs. */
export function watchActivity(page: Window = window): () => void {
  let timer: number | undefined;
  const onSign = () => {
    page.clearTimeout(timer);
    timer = page.setTimeout(() => activity.set(false), IDLE_AFTER);
    activity.set(true);
  };
  for (const sign of SIGNS) page.addEventListener(sign, onSign, { passive: true, capture: true });
  onSign();
  return () => {
    page.clearTimeout(timer);
    for (const sign of SIGNS) page.removeEventListener(sign, onSign, { capture: true });
    activity.set(true);
  };
}
