import { problem } from '@parley/contract';
import { ProblemError } from './problem-error.js';

/** As much of a schema as is needed here. */
interface Schema<T> {
  safeParse: (value: unknown) => { success: true; data: T } | { success: false };
}

export interface Route<In, Out> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `:name` stands for a field of the input, which then is no part of the body. */
  path: string;
  /** Of what stands in the path, and in the body or, where there is none, in the query. The server checks it; here it gives the type. */
  input: Schema<In>;
  output: Schema<Out>;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One thing to ask of the server. Rejects with a ProblemError. */
export type Endpoint<In, Out> = (input: In, request?: Fetch) => Promise<Out>;

export function endpoint<In extends object, Out>(route: Route<In, Out>): Endpoint<In, Out> {
  return async (input, request = fetch) => {
    const { path, rest } = placed(route.path, input);
    const init: RequestInit = { method: route.method, headers: { accept: 'application/json' } };
    if (route.method !== 'GET' && route.method !== 'DELETE') {
      init.headers = { accept: 'application/json', 'content-type': 'application/json' };
      init.body = JSON.stringify(rest);
    }
    const query = init.body === undefined ? queryOf(rest) : '';
    const response = await request(path + query, init).catch((error: unknown) => {
      throw new ProblemError(
        'unreachable',
        `${route.method} ${route.path} was not answered: ${String(error)}`,
      );
    });
    const answer = await bodyOf(response);
    if (!response.ok) throw problemOf(response, answer);
    const read = route.output.safeParse(answer);
    if (read.success) return read.data;
    throw new ProblemError(
      'not_understood',
      `The answer to ${route.method} ${route.path} has another shape.`,
    );
  };
}

/** The fields of the input, each where it belongs. */
function placed(pattern: string, input: object): { path: string; rest: Record<string, unknown> } {
  const rest = new Map<string, unknown>(Object.entries(input));
  const path = pattern.replaceAll(/:(\w+)/gu, (_whole, name: string) => {
    const value = rest.get(name);
    rest.delete(name);
    if (typeof value !== 'string') throw new Error(`The path ${pattern} needs the text "${name}".`);
    return encodeURIComponent(value);
  });
  return { path, rest: Object.fromEntries(rest) };
}

function queryOf(fields: Record<string, unknown>): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return query.size === 0 ? '' : `?${query.toString()}`;
}

/** What was answered; an empty object for nothing, undefined for what is no JSON. */
async function bodyOf(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf({ status, headers }: Response, answer: unknown): ProblemError {
  const stated = problem.safeParse(answer);
  // A proxy in between has words of its own, which say nothing to people.
  if (!stated.success) {
    const code = status >= 500 ? 'unavailable' : 'not_understood';
    return new ProblemError(code, `The server answered ${status}.`);
  }
  const { code, title, field, reason } = stated.data;
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const retryAfter = Number.isFinite(seconds) ? seconds : undefined;
  return new ProblemError(code, title, { field, reason, retryAfter });
}
