import { queryOptions, skipToken, type QueryClient } from '@tanstack/react-query';
import type { MessageRowPlace } from './message-queries.js';

/** Somebody who was typing a moment ago. */
export interface Typist {
  id: string;
  name: string;
  /** Until when it is taken to be so, in milliseconds since 1970. */
  until: number;
}

/** A client says so every three seconds. */
const LASTS_MS = 6000;
export const SAY_EVERY_MS = 3000;

/** Who is typing in a place. Events tell it. */
export const typingQuery = ({ channelId, threadId }: MessageRowPlace) =>
  queryOptions<readonly Typist[]>({
    queryKey: ['typing', channelId, threadId],
    queryFn: skipToken,
    staleTime: Infinity,
  });

export function showTyping(
  client: QueryClient,
  place: MessageRowPlace,
  { id, name, now }: { id: string; name: string; now: number },
): void {
  client.setQueryData(typingQuery(place).queryKey, (all = []) => [
    ...typingAt(all, now).filter((other) => other.id !== id),
    { id, name, until: now + LASTS_MS },
  ]);
}

/** Who has sent a message types it no more. */
export function hideTyping(client: QueryClient, place: MessageRowPlace, id: string): void {
  client.setQueryData(typingQuery(place).queryKey, (all) => all?.filter((other) => other.id !== id));
}

export function typingAt(all: readonly Typist[], now: number): Typist[] {
  return all.filter(({ until }) => until > now);
}
