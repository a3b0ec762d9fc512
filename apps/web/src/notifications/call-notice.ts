import { mayShowNotices } from './desktop-choice.js';

/** Tells outside of the page that somebody calls, if that was allowed and nobody looks at the page. @returns takes it away. */
export function showCallNotice(title: string, tag: string): () => void {
  if (!mayShowNotices() || document.hasFocus()) return () => undefined;
  try {
    // The page rings by itself.
    const options = { tag, icon: '/icon-192.png', silent: true, requireInteraction: true };
    const notice = new Notification(title, options);
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
    return () => notice.close();
  } catch {
    // On phones only a service worker may show one.
    return () => undefined;
  }
}
