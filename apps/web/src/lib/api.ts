import type { GuestToken, GuestTokenRequest, ServerSettings } from '@parley/contract';
import { texts } from '../texts/texts.js';
import { isRecord } from './json.js';

export type { GuestToken, GuestTokenRequest, ServerSettings } from '@parley/contract';

export interface RoomPeople {
  /** In the order in which they joined; of many the first, and none of those without a name. */
  names: string[];
  total: number;
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
  const { guests, workspace, version } = body;
  if (typeof guests !== 'boolean' || typeof workspace !== 'boolean') throw unexpected();
  if (typeof version !== 'string') throw unexpected();
  return { guests, workspace, version };
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

/** Who is in a room that guests may join. */
export async function getPeople(room: string, request: Fetch = fetch): Promise<RoomPeople> {
  const { names, total } = await call(request, `/api/rooms/${encodeURIComponent(room)}/people`);
  const isList = Array.isArray(names) && names.every((name) => typeof name === 'string');
  if (!isList || typeof total !== 'number') throw unexpected();
  return { names, total };
}

async function call(request: Fetch, url: string, init?: RequestInit): Promise<Record<string, unknown>> {
  let response;
  try {
    response = await request(url, init);
  } catch {
    throw new ApiError(0, texts.joinError.unreachable);
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
  if (status === 429) return texts.joinError.tooMany;
  if (status === 403) return texts.joinError.noGuests;
  if (status >= 500) return texts.joinError.unable;
  return texts.joinError.notAccepted;
}

function unexpected(): ApiError {
  return new ApiError(0, texts.joinError.notUnderstood);
}
