import { z } from 'zod';

/** By which messages name LiveKit's front. */
export const LIVEKIT = 'livekit';

const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** A LiveKit client's request, as it came over HTTP: the front judges it. */
const signalHttpRequestSchema = z.object({
  path: z.enum(['v0', 'v1']),
  /** Without the question mark. */
  query: z.string(),
  authorization: z.string().optional(),
  userAgent: z.string(),
  /** The client's IP address. */
  address: z.string(),
});
const twirpRequestSchema = z.object({
  path: z.string(),
  contentType: z.string(),
  authorization: z.string(),
  body: bytesSchema,
});

/** What `open` of the front takes. */
export const liveKitOpenSchema = signalHttpRequestSchema;

/** What `ask` of the front takes: what a join would be answered, a call of the server API, or who is in a room. */
export const liveKitQuestionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('validate'), request: signalHttpRequestSchema }),
  z.object({ type: z.literal('call-api'), request: twirpRequestSchema }),
  z.object({ type: z.literal('people'), room: z.string(), mostNames: z.int() }),
]);

export const validationSchema = z.object({ status: z.int(), text: z.string() });

export const peopleSchema = z.object({ names: z.array(z.string()), total: z.int() });

export const twirpResponseSchema = z.object({
  status: z.int(),
  contentType: z.string(),
  body: bytesSchema,
});

/** What the front emits. */
export const webhookSchema = z.object({
  event: z.enum([
    'room_started',
    'room_finished',
    'participant_joined',
    'participant_left',
    'participant_connection_aborted',
    'track_published',
    'track_unpublished',
  ]),
  room: z.string(),
  body: z.string(),
});

export type LiveKitQuestion = z.input<typeof liveKitQuestionSchema>;

export interface SignalHttpRequest {
  path: 'v0' | 'v1';
  /** Without the question mark. */
  query: string;
  authorization: string | undefined;
  userAgent: string;
  /** The client's IP address. */
  address: string;
}
