import * as z from 'zod/mini';
import { idInPath, yesOrNo } from './fields.js';
import { visibleText } from './visible-text.js';

export const MOST_KEYWORDS = 50;
const LEVEL = '"level" must be "everything", "mentions", "nothing" or null';
const UNTIL = '"muted_until" must be a time from 1970 to 9998 in ISO 8601 with a zone, or null';
const LAST = Date.UTC(9999, 0);
const DAYS = '"quiet.days" must be a list of different days, 1 for Monday to 7 for Sunday';
const CLOCK = 'must be a time of day such as 18:30';
const ZONE = '"quiet.time_zone" must be the name of a time zone such as Europe/Berlin';
const KEYWORDS = `"keywords" must be a list of at most ${MOST_KEYWORDS} words or phrases`;

/** Of what one is told: of all messages, of those that call one, or of none. */
export const notifyLevel = z.enum(['everything', 'mentions', 'nothing'], { error: LEVEL });

/** Within what every database and every clock can write. */
const mutedUntil = z.nullable(
  z.iso
    .datetime({ offset: true, error: UNTIL })
    .check(z.refine((time) => Date.parse(time) >= 0 && Date.parse(time) < LAST, { error: UNTIL })),
);

/** What one has decided for a channel, a conversation or a community. */
export const notificationRule = z.object({
  /** Null: as the community, or as everything of its kind. */
  level: z.nullable(notifyLevel),
  muted: z.boolean(),
  /** Null for good; also where nothing is muted. */
  muted_until: z.nullable(z.string()),
});

const clock = (field: string) => {
  const error = `"quiet.${field}" ${CLOCK}`;
  return z.string({ error }).check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error }));
};

/** When one wants no notice of anything, by the clock of a place. From the later to the earlier time: over midnight. */
export const quietHours = z.object(
  {
    /** On which they begin: 1 is Monday, 7 is Sunday. */
    days: z
      .array(z.int({ error: DAYS }).check(z.minimum(1, { error: DAYS }), z.maximum(7, { error: DAYS })), {
        error: DAYS,
      })
      .check(
        z.minLength(1, { error: DAYS }),
        z.maxLength(7, { error: DAYS }),
        z.refine((days) => new Set(days).size === days.length, { error: DAYS }),
      ),
    from: clock('from'),
    until: clock('until'),
    time_zone: z
      .string({ error: ZONE })
      .check(z.maxLength(64, { error: ZONE }), z.refine(isTimeZone, { error: ZONE })),
  },
  { error: '"quiet" must be null or have "days", "from", "until" and "time_zone"' },
);

/** Answer of `GET /api/v1/me/notifications`. */
export const notificationSettings = z.object({
  /** Words and phrases that count as a mention. */
  keywords: z.array(z.string()),
  /** Null for never. */
  quiet: z.nullable(quietHours),
  communities: z.array(z.extend(notificationRule, { community_id: z.string() })),
  channels: z.array(z.extend(notificationRule, { channel_id: z.string() })),
});

/** Body of `PATCH /api/v1/me/notifications`: what is absent stays as it is. */
export const notificationChange = z.object(
  {
    keywords: z.optional(
      z
        .array(visibleText('keywords', { characters: 50, bytes: 200 }), { error: KEYWORDS })
        .check(z.maxLength(MOST_KEYWORDS, { error: KEYWORDS })),
    ),
    quiet: z.optional(z.nullable(quietHours)),
  },
  { error: 'Send JSON with "keywords" or "quiet"' },
);

const rule = {
  level: z.nullable(notifyLevel),
  muted: yesOrNo('muted'),
  muted_until: z._default(mutedUntil, null),
};
const RULE = 'Send JSON with "level" and "muted"';

/** Body of `PUT /api/v1/channels/:channel_id/notifications`. */
export const channelNotifications = z.object({ channel_id: idInPath('channel'), ...rule }, { error: RULE });

/** Body of `PUT /api/v1/communities/:id/notifications`. */
export const communityNotifications = z.object({ id: idInPath('community'), ...rule }, { error: RULE });

export type NotifyLevel = z.output<typeof notifyLevel>;
export type NotificationRule = z.output<typeof notificationRule>;
export type NotificationSettings = z.output<typeof notificationSettings>;
export type QuietHours = z.output<typeof quietHours>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
