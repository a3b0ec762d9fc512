import type { Channel, Community } from '@parley/contract';
import type { ChannelWindow } from './windows.js';
import { ChannelDialog, NewChannelDialog } from './channel-dialog.js';
import { ChannelPermissionsDialog } from './channel-permissions-dialog.js';
import { DeleteChannelDialog } from './delete-channel-dialog.js';

export interface ChannelWindowsProps {
  shown: ChannelWindow;
  community: Community;
  channel: Channel;
  onClose: () => void;
}

/** The window that was opened from a channel's menu. */
export function ChannelWindows({ shown, community, channel, onClose }: ChannelWindowsProps) {
  switch (shown) {
    case 'create':
      return <NewChannelDialog community={community} kind="text" category={channel} onClose={onClose} />;
    case 'edit':
      return <ChannelDialog channel={channel} onClose={onClose} />;
    case 'permissions':
      return <ChannelPermissionsDialog community={community} channel={channel} onClose={onClose} />;
    case 'delete':
      return <DeleteChannelDialog channel={channel} onClose={onClose} />;
  }
}
