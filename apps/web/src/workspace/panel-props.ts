import type { Community, OwnAccount } from '@parley/contract';
import type { ChannelSearch } from '../lib/channel-search.js';
import type { MessagesPlace } from '../messages/place.js';

/** Where a panel is open. */
export interface PanelPlace {
  /** Undefined in conversations. */
  community: Community | undefined;
  channel: MessagesPlace;
  me: OwnAccount;
}

export interface PanelProps extends PanelPlace {
  search: ChannelSearch;
  /** Whether it stands in the place of the channel: what leads into the channel closes it. */
  isCovering: boolean;
}
