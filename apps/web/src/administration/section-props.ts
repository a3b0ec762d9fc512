import type { Community, OwnAccount } from '@parley/contract';

/** What every section of a community's settings is about. */
export interface SectionProps {
  community: Community;
  me: OwnAccount;
}
