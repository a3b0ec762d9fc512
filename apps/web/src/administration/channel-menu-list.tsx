import type { Channel, Community } from '@parley/contract';
import { ArrowDown, ArrowUp, CheckCheck, Link, Pencil, Plus, Shield, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useReadAll } from '../finding/use-read-all.js';
import { channelPath } from '../lib/route.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { texts as common } from '../texts/texts.js';
import { copyText } from '../ui/copy-text.js';
import menu from '../ui/menu.module.css';
import { useNotices } from '../ui/use-notices.js';
import type { ChannelWindow } from './windows.js';
import { stepOf } from './channel-moves.js';
import { MenuContent, MenuItem } from './menu-content.js';
import { useMoveChannel } from './use-move-channel.js';

export interface ChannelMenuListProps {
  community: Community;
  channel: Channel;
  onShow: (shown: ChannelWindow) => void;
}

/** What one can do with a channel or a category: nothing that one may not. */
export function ChannelMenuList({ community, channel, onShow }: ChannelMenuListProps) {
  const texts = administrationTexts.channel;
  const readAll = useReadAll();
  const { notify } = useNotices();
  const may = new Set(channel.permissions);
  const isCategory = channel.kind === 'category';
  const within = isCategory
    ? community.channels.filter(({ category_id }) => category_id === channel.id)
    : [channel];
  const mayOrder = community.permissions.includes('create_channels') && !channel.archived;
  const copyLink = async () => {
    const link = location.origin + channelPath({ communityId: community.id, id: channel.id });
    notify((await copyText(link)) ? texts.linkCopied : common.invite.copyYourself(link));
  };
  return (
    <MenuContent>
      <MenuItem
        icon={<CheckCheck size={17} />}
        onSelect={() => within.forEach(({ id }) => readAll({ channel_id: id }))}
      >
        {isCategory ? administrationTexts.community.markRead : texts.markRead}
      </MenuItem>
      {!isCategory && (
        <MenuItem icon={<Link size={17} />} onSelect={() => void copyLink()}>
          {texts.copyLink}
        </MenuItem>
      )}
      {mayOrder && isCategory && (
        <MenuItem icon={<Plus size={17} />} onSelect={() => onShow('create')}>
          {texts.create}
        </MenuItem>
      )}
      {mayOrder && <MoveItems community={community} channel={channel} />}
      {(may.has('manage_channel') || may.has('manage_channel_permissions')) && (
        <DropdownMenu.Separator className={menu.separator} />
      )}
      {may.has('manage_channel') && (
        <MenuItem icon={<Pencil size={17} />} onSelect={() => onShow('edit')}>
          {isCategory ? texts.editCategory : texts.edit}
        </MenuItem>
      )}
      {may.has('manage_channel_permissions') && (
        <MenuItem icon={<Shield size={17} />} onSelect={() => onShow('permissions')}>
          {texts.permissions}
        </MenuItem>
      )}
      {may.has('manage_channel') && (
        <MenuItem icon={<Trash2 size={17} />} onSelect={() => onShow('delete')}>
          {isCategory ? texts.deleteCategory : texts.delete}
        </MenuItem>
      )}
    </MenuContent>
  );
}

function MoveItems({ community, channel }: { community: Community; channel: Channel }) {
  const texts = administrationTexts.channel;
  const move = useMoveChannel(community);
  const up = stepOf(community.channels, channel, 'up');
  const down = stepOf(community.channels, channel, 'down');
  return (
    <>
      <DropdownMenu.Separator className={menu.separator} />
      <MenuItem
        icon={<ArrowUp size={17} />}
        disabled={up === undefined}
        onSelect={() => up !== undefined && move(channel, up)}
      >
        {texts.moveUp}
        <kbd className={menu.end}>{texts.keys.up}</kbd>
      </MenuItem>
      <MenuItem
        icon={<ArrowDown size={17} />}
        disabled={down === undefined}
        onSelect={() => down !== undefined && move(channel, down)}
      >
        {texts.moveDown}
        <kbd className={menu.end}>{texts.keys.down}</kbd>
      </MenuItem>
    </>
  );
}
