import { wordsOf } from '@parley/contract';
import type { NotificationRule, NotificationSettings, QuietHours } from '@parley/contract';
import type { Kysely, Selectable } from 'kysely';
import { changing, visitCommunity } from '../communities/visit.js';
import type { Change } from '../communities/visit.js';
import { FloodGate } from '../flood-gate.js';
import type { FloodLimits } from '../flood-gate.js';
import { openChannel } from '../messages/open-channel.js';
import type { NotificationRuleTable, NotificationSettingTable } from '../schema/notification-tables.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { textQuery } from '../search/text-query.js';
import type { ServiceOptions } from '../service-options.js';

/** What is absent stays as it is. */
export interface NotificationChange {
  keywords?: readonly string[] | undefined;
  quiet?: QuietHours | null | undefined;
}

type Place = { channel_id: string; community_id: null } | { channel_id: null; community_id: string };

/** Of one person, everywhere. */
const CHANGES: FloodLimits = { burst: 30, interval: 1000 };

/** Of what people want to be told, the same on all of their devices. */
export class NotificationService {
  readonly gate = new FloodGate('change your notifications', CHANGES);
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  async load(userId: string): Promise<NotificationSettings> {
    const { db } = this.#options;
    const settings = await loadSettings(db, userId);
    const rules = await db
      .selectFrom('notification_rules')
      .select(['channel_id', 'community_id', 'level', 'muted', 'muted_until'])
      .where('user_id', '=', userId)
      .execute();
    return {
      ...settings,
      communities: rules.flatMap((row) =>
        row.community_id === null ? [] : { community_id: row.community_id, ...ruleOf(row) },
      ),
      channels: rules.flatMap((row) =>
        row.channel_id === null ? [] : { channel_id: row.channel_id, ...ruleOf(row) },
      ),
    };
  }

  async change(userId: string, { keywords, quiet }: NotificationChange): Promise<void> {
    await this.#changing(userId, async ({ trx }) => {
      const before = await loadSettings(trx, userId);
      const next = {
        keywords: unique(keywords ?? before.keywords),
        quiet: quiet === undefined ? before.quiet : quiet,
      };
      const row = rowOf(next);
      await trx
        .insertInto('notification_settings')
        .values({ user_id: userId, ...row })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
        .execute();
    });
  }

  /** For a channel or conversation that they see. */
  async setChannel(userId: string, channelId: string, rule: NotificationRule): Promise<void> {
    await this.#changing(userId, async ({ trx, now }) => {
      await openChannel(trx, { userId, channelId, now });
      await putRule(trx, userId, { channel_id: channelId, community_id: null }, rule);
    });
  }

  /** For all channels of a community for which nothing else is decided. */
  async setCommunity(userId: string, communityId: string, rule: NotificationRule): Promise<void> {
    await this.#changing(userId, async ({ trx, now }) => {
      await visitCommunity(trx, { userId, communityId, now });
      await putRule(trx, userId, { channel_id: null, community_id: communityId }, rule);
    });
  }

  async #changing(userId: string, work: (change: Change) => Promise<void>): Promise<void> {
    this.gate.pass(userId, this.#options.now());
    await changing(this.#options, async (change) => {
      await work(change);
      change.events.push({ type: 'notifications_changed', payload: {}, audience: { userIds: [userId] } });
    });
  }
}

async function loadSettings(
  db: Kysely<WorkspaceTables>,
  userId: string,
): Promise<Pick<NotificationSettings, 'keywords' | 'quiet'>> {
  const row = await db
    .selectFrom('notification_settings')
    .select(['keywords', 'quiet_days', 'quiet_from', 'quiet_until', 'quiet_zone'])
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return { keywords: row?.keywords ?? [], quiet: row === undefined ? null : quietOf(row) };
}

type QuietColumns = Pick<
  Selectable<NotificationSettingTable>,
  'quiet_days' | 'quiet_from' | 'quiet_until' | 'quiet_zone'
>;

function quietOf({ quiet_days, quiet_from, quiet_until, quiet_zone }: QuietColumns): QuietHours | null {
  if (quiet_days === null || quiet_from === null || quiet_until === null || quiet_zone === null) return null;
  return { days: quiet_days, from: quiet_from, until: quiet_until, time_zone: quiet_zone };
}

function rowOf({ keywords, quiet }: { keywords: string[]; quiet: QuietHours | null }) {
  return {
    keywords,
    keyword_query: keywordQuery(keywords),
    quiet_days: quiet?.days ?? null,
    quiet_from: quiet?.from ?? null,
    quiet_until: quiet?.until ?? null,
    quiet_zone: quiet?.time_zone ?? null,
  };
}

/** Any of the phrases; null where none of them has a word. */
function keywordQuery(keywords: readonly string[]): string | null {
  const phrases = keywords
    .map((keyword) => wordsOf(keyword).map(({ word }) => word))
    .filter((words) => words.length > 0)
    .map((words) => `(${textQuery([{ words, open: false }])})`);
  return phrases.length === 0 ? null : phrases.join(' | ');
}

/** Without those that differ in upper case alone. */
function unique(keywords: readonly string[]): string[] {
  return [...new Map(keywords.map((keyword) => [keyword.toLowerCase(), keyword])).values()];
}

/** One that says nothing is none. */
async function putRule(
  trx: Change['trx'],
  userId: string,
  place: Place,
  { level, muted, muted_until }: NotificationRule,
): Promise<void> {
  await trx
    .deleteFrom('notification_rules')
    .where('user_id', '=', userId)
    .where('channel_id', 'is not distinct from', place.channel_id)
    .where('community_id', 'is not distinct from', place.community_id)
    .execute();
  if (level === null && !muted) return;
  const until = muted && muted_until !== null ? new Date(muted_until) : null;
  await trx
    .insertInto('notification_rules')
    .values({ user_id: userId, ...place, level, muted, muted_until: until })
    // Two devices at once: the one that comes first counts.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function ruleOf({
  level,
  muted,
  muted_until,
}: Pick<Selectable<NotificationRuleTable>, 'level' | 'muted' | 'muted_until'>): NotificationRule {
  return { level, muted, muted_until: muted_until?.toISOString() ?? null };
}
