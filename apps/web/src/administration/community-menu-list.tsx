import type { Community } from '@parley/contract';
import { CheckCheck, FolderPlus, LogOut, Plus, UserPlus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useReadAll } from '../finding/use-read-all.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import menu from '../ui/menu.module.css';
import type { CommunityWindow } from './windows.js';
import { MenuContent, MenuItem } from './menu-content.js';

export interface CommunityMenuListProps {
  community: Community;
  onShow: (shown: CommunityWindow) => void;
}

/** What one can do with a community: nothing that one may not. */
export function CommunityMenuList({ community, onShow }: CommunityMenuListProps) {
  const texts = administrationTexts;
  const readAll = useReadAll();
  const may = new Set(community.permissions);
  return (
    <MenuContent>
      {may.has('create_invites') && (
        <MenuItem icon={<UserPlus size={17} />} onSelect={() => onShow('invite')}>
          {workspaceTexts.invite.people}
        </MenuItem>
      )}
      {may.has('create_channels') && (
        <>
          <DropdownMenu.Separator className={menu.separator} />
          <MenuItem icon={<Plus size={17} />} onSelect={() => onShow('channel')}>
            {texts.channel.create}
          </MenuItem>
          <MenuItem icon={<FolderPlus size={17} />} onSelect={() => onShow('category')}>
            {texts.channel.createCategory}
          </MenuItem>
        </>
      )}
      <DropdownMenu.Separator className={menu.separator} />
      <MenuItem icon={<CheckCheck size={17} />} onSelect={() => readAll({ community_id: community.id })}>
        {texts.community.markRead}
      </MenuItem>
      <MenuItem icon={<LogOut size={17} data-points-inline />} onSelect={() => onShow('leave')}>
        {texts.community.leave}
      </MenuItem>
    </MenuContent>
  );
}
