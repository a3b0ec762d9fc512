import * as z from 'zod/mini';
import { idField, idInPath } from './fields.js';

/** Somebody in a call. What they send says the media server, whatever their client claims. */
export const voicePerson = z.object({
  id: z.string(),
  /** As it is shown in the community, or to whoever is in the conversation. */
  name: z.string(),
  /** Id of a file; null for none. */
  avatar: z.nullable(z.string()),
  microphone: z.boolean(),
  camera: z.boolean(),
  screen: z.boolean(),
  /** By a moderator, until one takes it back. */
  muted: z.boolean(),
  deafened: z.boolean(),
});

/** Who is in the call of a channel. */
export const voiceState = z.object({
  channel_id: z.string(),
  /** Of two states of a channel the one with the higher number is the newer. */
  revision: z.int(),
  /** Those first who came first; not all of them where they are very many. */
  people: z.array(voicePerson),
  /** All of them. */
  total: z.int(),
});

/** Who is in the calls that somebody sees. */
export const voiceNow = z.object({
  /** Nobody is in a channel that is not listed and whose state has a lower number. */
  revision: z.int(),
  channels: z.array(voiceState),
});

/**
 * What became of calling somebody. `busy` is who is in another call, `offline` who has no page open: both may answer, as who
 * is `ringing`.
 */
export const calleeState = z.enum(['ringing', 'busy', 'offline', 'answered', 'declined', 'unanswered']);

/** A call of a conversation, to which its members are called. */
export const ring = z.object({
  channel_id: z.string(),
  caller: z.object({ id: z.string(), name: z.string() }),
  started_at: z.string(),
  /** All but the caller. */
  people: z.array(z.object({ id: z.string(), state: calleeState })),
  ended: z.boolean(),
});

/** Answer of `GET /api/v1/calls`: those of one's conversations that were begun. */
export const ownCalls = z.object({ calls: z.array(ring) });

/** What stands in the path of `/api/v1/channels/:id/call/ring`. */
export const ringPath = z.object({ id: idInPath('conversation') });

/** What stands in the path of `/api/v1/channels/:id/call/people/:user_id`. */
export const personInCallPath = z.object({ id: idInPath('channel'), user_id: idInPath('person') });

/** Body of `POST /api/v1/channels/:id/call/people/:user_id/move`. */
export const voiceMove = z.object(
  { ...personInCallPath.shape, to: idField('to', 'a voice channel') },
  { error: 'Send JSON with "to"' },
);

/** Of what is now: to whoever sees the channel. */
export const voiceEvents = [
  z.object({
    type: z.literal('voice_changed'),
    payload: z.extend(voiceState, {
      /** Null for a conversation. */
      community_id: z.nullable(z.string()),
    }),
  }),
  /** To who was moved to another voice channel: join the call of that one, if you are in that of the first. */
  z.object({
    type: z.literal('voice_moved'),
    payload: z.object({
      community_id: z.string(),
      from: z.string(),
      to: z.string(),
      /** Of the channel. */
      name: z.string(),
    }),
  }),
  /** To all members of a conversation, of a call there: who is still called rings until that is told otherwise. */
  z.object({ type: z.literal('voice_ringing'), payload: ring }),
] as const;

export type VoicePerson = z.output<typeof voicePerson>;
export type VoiceState = z.output<typeof voiceState>;
export type VoiceNow = z.output<typeof voiceNow>;
export type CalleeState = z.output<typeof calleeState>;
export type Ring = z.output<typeof ring>;
