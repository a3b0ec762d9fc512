import * as z from 'zod/mini';

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

/** To whoever sees the channel, of what is now. */
export const voiceEvents = [
  z.object({
    type: z.literal('voice_changed'),
    payload: z.extend(voiceState, {
      /** Null for a conversation. */
      community_id: z.nullable(z.string()),
    }),
  }),
] as const;

export type VoicePerson = z.output<typeof voicePerson>;
export type VoiceState = z.output<typeof voiceState>;
export type VoiceNow = z.output<typeof voiceNow>;
