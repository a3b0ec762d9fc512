import type { Community, OwnAccount } from '@parley/contract';
import { useNavigate } from '@tanstack/react-router';
import { CheckCheck, FolderPlus, LogOut, Plus, Settings, UserPlus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useReadAll } from '../finding/use-read-all.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import menu from '../ui/menu.module.css';
import type { CommunityWindow } from './windows.js';
import { MenuContent, MenuItem } from './menu-content.js';
import { sectionsFor } from './settings-sections.js';

export interface CommunityMenuListProps {
  community: Community;
  me: OwnAccount;
  onShow: (shown: CommunityWindow) => void;
}

/** What one can do with a community: nothing that one may not. */
export function CommunityMenuList({ community, me, onShow }: CommunityMenuListProps) {
  const texts = administrationTexts;
  const navigate = useNavigate();
  const readAll = useReadAll();
  const may = new Set(community.permissions);
  const [section] = sectionsFor(community, me.id);
  return (
    <MenuContent>
      {may.has('create_invites') && (
        <MenuItem icon={<UserPlus size={17} />} onSelect={() => onShow('invite')}>
          {workspaceTexts.invite.people}
        </MenuItem>
      )}
      {section !== undefined && (
        <MenuItem
          icon={<Settings size={17} />}
          onSelect={() =>
            void navigate({
              to: '/c/$community/settings/$section',
              params: { community: community.id, section },
            })
          }
        >
          {texts.community.settings}
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
