/** No file and no route has this name. */
const NOTHING = '/%25';
const API = '/api';

/**
 * The URL, or one at which there is nothing when a percent escape in its path is broken: no such address was ever given out,
 * and whoever followed it is told so like at any other wrong one.
 */
export function readableUrl(url: string): string {
  try {
    decodeURIComponent(url.replace(/[?#].*$/s, ''));
    return url;
  } catch {
    return url.startsWith(`${API}/`) ? `${API}${NOTHING}` : NOTHING;
  }
}
