import * as z from 'zod/mini';
import { idField, idInPath, wholeNumber } from './fields.js';

/** So many attachments has a message at most. */
export const ATTACHMENTS_OF_MESSAGE = 10;
/** So many bytes of an upload come in one request at most. */
export const PIECE_BYTES = 8 * 1024 * 1024;
/** Of what a picture shows, in characters. */
export const ALT_LENGTH = 1000;
/** Heights of the wave that is drawn for a voice message. */
const WAVE_LENGTH = 100;
const HIGHEST = 100;
const DAY_MS = 86_400_000;

/** What is drawn of a voice message before it is heard: its length, and how loud it is on the way. */
export const voice = z.object({ duration_ms: z.int(), wave: z.array(z.int()) });

/** A file of a message. It is read at `/api/v1/files/:id/:name`. */
export const attachment = z.object({
  id: z.string(),
  name: z.string(),
  /** By its bytes, whatever its name says. */
  type: z.string(),
  /** Bytes. */
  size: z.int(),
  /** Pixels of a picture, as it is shown; null for what is none. */
  width: z.nullable(z.int()),
  height: z.nullable(z.int()),
  /** Whether there is a small picture of it, at `/api/v1/files/:id/thumbnail`. */
  thumbnail: z.boolean(),
  /** What the picture shows, for who cannot see it; empty when nobody said. */
  alt: z.string(),
  voice: z.nullable(voice),
});

const WAVE = `"voice.wave" must be a list of at most ${WAVE_LENGTH} whole numbers from 0 to ${HIGHEST}`;

/** Body of `POST /api/v1/channels/:channel_id/uploads`. */
export const uploadRequest = z.object(
  {
    channel_id: idInPath('channel'),
    name: z
      .string({ error: '"name" must be the name of the file' })
      .check(z.minLength(1, { error: '"name" must be the name of the file' }), z.maxLength(1000)),
    size: wholeNumber('size', { least: 1, most: Number.MAX_SAFE_INTEGER }),
    alt: z._default(
      z
        .string({ error: '"alt" must be text' })
        .check(z.maxLength(ALT_LENGTH, { error: `"alt" must be at most ${ALT_LENGTH} characters` })),
      '',
    ),
    voice: z._default(
      z.nullable(
        z.object(
          {
            duration_ms: wholeNumber('voice.duration_ms', { least: 1, most: DAY_MS }),
            wave: z
              .array(
                z
                  .int({ error: WAVE })
                  .check(z.minimum(0, { error: WAVE }), z.maximum(HIGHEST, { error: WAVE })),
                {
                  error: WAVE,
                },
              )
              .check(z.maxLength(WAVE_LENGTH, { error: WAVE })),
          },
          { error: '"voice" must have "duration_ms" and "wave"' },
        ),
      ),
      null,
    ),
  },
  { error: 'Send JSON with "name" and "size"' },
);

/** How far an upload is. */
export const upload = z.object({
  /** That of the attachment, too. */
  id: z.string(),
  /** Bytes that are there: the next ones begin here. */
  offset: z.int(),
  size: z.int(),
  /** When it is forgotten; null when all of it is there. */
  expires_at: z.nullable(z.string()),
  /** Null until all of it is there. */
  attachment: z.nullable(attachment),
});

/** Path of an upload. */
export const uploadPath = z.object({ id: idInPath('upload') });

/** Path of a file. The name is for people alone. */
export const filePath = z.object({ id: idInPath('file'), name: z.string() });

const IDS = `"attachment_ids" must be a list of at most ${ATTACHMENTS_OF_MESSAGE} different ids of uploads`;

/** Uploads of one's own that go with a message, in their order. */
export const attachmentIds = z._default(
  z.array(idField('attachment_ids', 'an upload'), { error: IDS }).check(
    z.maxLength(ATTACHMENTS_OF_MESSAGE, { error: IDS }),
    z.refine((ids) => new Set(ids).size === ids.length, { error: IDS }),
  ),
  [],
);

export type Attachment = z.output<typeof attachment>;
export type Upload = z.output<typeof upload>;
export type UploadRequest = z.output<typeof uploadRequest>;
export type Voice = z.output<typeof voice>;
