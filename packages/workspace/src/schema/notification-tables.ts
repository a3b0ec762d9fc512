import type { ColumnType } from 'kysely';
import type { NotifyLevel } from '@parley/contract';

/** What `notifications-schema.ts` makes. */
export interface NotificationTables {
  notification_settings: NotificationSettingTable;
  notification_rules: NotificationRuleTable;
}

type Fixed<Type> = ColumnType<Type, Type, never>;

export interface NotificationSettingTable {
  user_id: Fixed<string>;
  keywords: string[];
  /** Of PostgreSQL's type tsquery; null where there is no keyword. */
  keyword_query: string | null;
  /** 1 for Monday to 7 for Sunday; null, as the three below, where there are no quiet hours. */
  quiet_days: number[] | null;
  quiet_from: string | null;
  quiet_until: string | null;
  quiet_zone: string | null;
}

/** Of a channel or of a community. */
export interface NotificationRuleTable {
  user_id: Fixed<string>;
  channel_id: Fixed<string | null>;
  community_id: Fixed<string | null>;
  level: NotifyLevel | null;
  muted: boolean;
  muted_until: Date | null;
}
