import type { OwnAccount, Problem, SetUpState } from '@parley/contract';
import { onTestFinished, vi } from 'vitest';

interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** By method and path, as in `GET /api/v1/me`; a path may end in `*`. */
type Routes = Record<string, (body: unknown) => Answer>;

export interface FakeServer {
  routes: Routes;
  /** What was asked, by method and path, with the body if there was one. */
  asked: { route: string; body: unknown }[];
}

/** @typeParam Body What the contract has the answer be; to be given. */
export const ok = <Body = never>(body: NoInfer<Body>): Answer => ({ status: 200, body });
export const nothing = (): Answer => ({ status: 204 });

export function refused(
  status: number,
  problem: Omit<Problem, 'type' | 'status' | 'title'>,
  headers: Record<string, string> = {},
): Answer {
  const body: Problem = { type: 'about:blank', status, title: 'In the words of the server.', ...problem };
  return { status, body, headers };
}

export const NOT_SIGNED_IN = () => refused(401, { code: 'unauthenticated' });
export const SET_UP = () => ok<SetUpState>({ done: true, workspace_name: 'Kitchen', code_needed: false });
export const ADA: OwnAccount = { id: 'ada', user_name: 'ada', session_id: 'this-one', permissions: [] };

/** Answers what the page asks for the rest of a test; what it does not know is not there. */
export function fakeServer(routes: Routes): FakeServer {
  const server: FakeServer = { routes, asked: [] };
  const answer = (route: string): ((body: unknown) => Answer) => {
    const found = Object.entries(server.routes).find(([pattern]) =>
      pattern.endsWith('*') ? route.startsWith(pattern.slice(0, -1)) : route === pattern,
    );
    return found?.[1] ?? (() => refused(404, { code: 'not_found' }));
  };
  vi.stubGlobal('fetch', (url: string, { method = 'GET', body }: RequestInit = {}) => {
    const given: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
    const route = `${method} ${url}`;
    server.asked.push({ route, body: given });
    const { status, body: answered, headers = {} } = answer(route)(given);
    const text = answered === undefined ? null : JSON.stringify(answered);
    return Promise.resolve(new Response(text, { status, headers }));
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  return server;
}
