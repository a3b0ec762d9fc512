import { isRecord } from './json.js';

export interface ServerSettings {
  /** Whether people without an account may join. */
  guests: boolean;
  version: string;
}

export interface GuestToken {
  token: string;
  identity: string;
  room: string;
  name: string;
}

export interface GuestTokenRequest {
  room: string;
  name: string;
  /** The token held before a reload: the server keeps its identity. */
  previous?: string;
}

/** The server's refusal, as a sentence to show; `status` 0 means that it did not answer at all. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

export async function getSettings(request: Fetch = fetch): Promise<ServerSettings> {
  const body = await call(request, '/api/settings');
  if (typeof body.guests !== 'boolean' || typeof body.version !== 'string') throw unexpected();
  return { guests: body.guests, version: body.version };
}

export async function requestGuestToken(
  wanted: GuestTokenRequest,
  request: Fetch = fetch,
): Promise<GuestToken> {
  const { token, identity, room, name } = await call(request, '/api/guest-token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  });
  if (typeof token !== 'string' || typeof identity !== 'string') throw unexpected();
  if (typeof room !== 'string' || typeof name !== 'string') throw unexpected();
  return { token, identity, room, name };
}

async function call(request: Fetch, url: string, init?: RequestInit): Promise<Record<string, unknown>> {
  let response;
  try {
    response = await request(url, init);
  } catch {
    throw new ApiError(0, 'The server does not answer. Check your connection and try again.');
  }
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = undefined;
  }
  if (!response.ok) {
    const stated = isRecord(body) ? body.error : undefined;
    throw new ApiError(response.status, typeof stated === 'string' ? stated : refusal(response.status));
  }
  if (!isRecord(body)) throw unexpected();
  return body;
}

function refusal(status: number): string {
  if (status === 429) return 'Too many people are joining right now. Wait a moment and try again.';
  if (status === 403) return 'This server does not let guests in.';
  if (status >= 500) return 'The server cannot take calls right now. Try again in a moment.';
  return 'The server did not accept this name or room.';
}

function unexpected(): ApiError {
  return new ApiError(0, 'The server answered something this page does not understand. Reload the page.');
}
