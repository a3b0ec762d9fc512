import type { FastifyRequest } from 'fastify';

const CHANGES_NOTHING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may have been made by another site in somebody's browser, with their cookie. Browsers say where a
 * request comes from, which no script can change; a request that says nothing is a program's, which has no cookie.
 */
export function isCrossSite(request: FastifyRequest, hasCookie: boolean): boolean {
  if (CHANGES_NOTHING.has(request.method)) return false;
  const { origin, 'sec-fetch-site': site } = request.headers;
  // Whatever a proxy made of the host: the browser has compared origins.
  if (site === 'same-origin') return false;
  if (site !== undefined && site !== 'none') return true;
  if (origin !== undefined) return hostOf(origin) !== request.host;
  return site === undefined && hasCookie;
}

/** The scheme is left out: a proxy that nobody told us to trust may take it away. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
