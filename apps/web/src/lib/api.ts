import {
  guestToken,
  refusalText,
  roomPeople,
  serverSettings,
  type GuestToken,
  type GuestTokenRequest,
  type RoomPeople,
  type ServerSettings,
} from '@parley/contract';
import { texts } from '../texts/texts.js';

export type { GuestToken, GuestTokenRequest, RoomPeople, ServerSettings } from '@parley/contract';

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

/** What an answer is read by: one of the contract's schemas. */
interface AnswerSchema<Answer> {
  safeParse(body: unknown): { success: true; data: Answer } | { success: false };
}

export function getSettings(request: Fetch = fetch): Promise<ServerSettings> {
  return call(request, serverSettings, '/api/settings');
}

export function requestGuestToken(wanted: GuestTokenRequest, request: Fetch = fetch): Promise<GuestToken> {
  return call(request, guestToken, '/api/guest-token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  });
}

/** Who is in a room that guests may join. */
export function getPeople(room: string, request: Fetch = fetch): Promise<RoomPeople> {
  return call(request, roomPeople, `/api/rooms/${encodeURIComponent(room)}/people`);
}

async function call<Answer>(
  request: Fetch,
  schema: AnswerSchema<Answer>,
  url: string,
  init?: RequestInit,
): Promise<Answer> {
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
    const stated = refusalText.safeParse(body);
    throw new ApiError(response.status, stated.success ? stated.data.error : refusal(response.status));
  }
  const answer = schema.safeParse(body);
  if (!answer.success) throw new ApiError(0, texts.joinError.notUnderstood);
  return answer.data;
}

function refusal(status: number): string {
  if (status === 429) return texts.joinError.tooMany;
  if (status === 403) return texts.joinError.noGuests;
  if (status >= 500) return texts.joinError.unable;
  return texts.joinError.notAccepted;
}
