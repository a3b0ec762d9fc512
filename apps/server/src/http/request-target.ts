import type { IncomingMessage } from 'node:http';

/** No file and no route has this name. */
const NOTHING = '/%25';
const API = '/api';
const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/is;

/**
 * What a request is for, as path and query, whatever form its target has (RFC 9112 section 3.2). One in absolute form, as
 * proxies are asked, says host and path in one, and its Host is not to be believed.
 *
 * A target at which there never is anything, `*` or one with a broken percent escape, becomes one of the kind: whoever asked
 * for it is told so like at any other wrong address.
 */
export function readTarget(request: Pick<IncomingMessage, 'headers' | 'url'>): string {
  const { headers, url = '/' } = request;
  const [, host, rest = ''] = ABSOLUTE.exec(url) ?? [];
  if (host === undefined) return readable(url);
  headers.host = host;
  return readable(rest.startsWith('/') ? rest : `/${rest}`);
}

function readable(target: string): string {
  if (!target.startsWith('/')) return NOTHING;
  try {
    decodeURIComponent(target.replace(/[?#].*$/s, ''));
    return target;
  } catch {
    return target.startsWith(`${API}/`) ? `${API}${NOTHING}` : NOTHING;
  }
}
