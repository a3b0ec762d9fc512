import type { Community, OwnAccount } from '@parley/contract';
import type { CommunityWindow } from './windows.js';
import { InviteDialog } from '../workspace/invite-dialog.js';
import { NewChannelDialog } from './channel-dialog.js';
import { LeaveDialog } from './leave-dialog.js';

export interface CommunityWindowsProps {
  shown: CommunityWindow;
  community: Community;
  me: OwnAccount;
  onClose: () => void;
}

/** The window that was opened from the community's menu. */
export function CommunityWindows({ shown, community, me, onClose }: CommunityWindowsProps) {
  switch (shown) {
    case 'invite':
      return <InviteDialog community={community} onClose={onClose} />;
    case 'channel':
      return <NewChannelDialog community={community} kind="text" onClose={onClose} />;
    case 'category':
      return <NewChannelDialog community={community} kind="category" onClose={onClose} />;
    case 'leave':
      return <LeaveDialog community={community} me={me.id} onClose={onClose} />;
  }
}
