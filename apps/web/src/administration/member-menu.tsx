import type { Community, Member, OwnAccount } from '@parley/contract';
import { Ban, Check, Clock, ClockFading, Ellipsis, PenLine, UserMinus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { moderationApi } from '../api/moderation.js';
import { rolesApi } from '../api/roles.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { IconButton } from '../ui/icon-button.js';
import menu from '../ui/menu.module.css';
import { MemberWindows, type MemberWindow } from './member-windows.js';
import { MenuContent, MenuItem } from './menu-content.js';
import { rankOf } from './rank.js';
import { RoleDot } from './role-chip.js';
import { useDeed } from './use-deed.js';

export interface MemberMenuProps {
  community: Community;
  member: Member;
  me: OwnAccount;
  /** How high one stands oneself. */
  rank: number;
}

/** What one may do about a member; nothing for who may do nothing. */
export function MemberMenu({ community, member, me, rank }: MemberMenuProps) {
  const texts = administrationTexts.members;
  const [shown, show] = useState<MemberWindow>();
  const { person, nickname, role_ids, timed_out_until } = member;
  const { run } = useDeed([
    ['members', community.id],
    ['member', community.id],
  ]);
  const may = new Set(community.permissions);
  const isSelf = person.id === me.id;
  const isBelow = !isSelf && rank > rankOf(community, person.id, role_ids);
  const mayRename = isSelf ? may.has('change_own_nickname') : isBelow && may.has('manage_nicknames');
  const roles = may.has('assign_roles')
    ? community.roles.filter(({ position }) => position > 0 && position < rank)
    : [];
  const mayTimeOut = isBelow && may.has('time_out_members');
  const mayKick = isBelow && may.has('kick_members');
  const mayBan = isBelow && may.has('ban_members');
  if (!mayRename && roles.length === 0 && !mayTimeOut && !mayKick && !mayBan) return null;
  const name = nickname ?? person.display_name ?? person.user_name;
  const path = { id: community.id, user_id: person.id };
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <IconButton label={texts.menu(name)} icon={<Ellipsis size={18} />} />
        </DropdownMenu.Trigger>
        <MenuContent>
          {roles.length > 0 && <DropdownMenu.Label className={menu.label}>{texts.roles}</DropdownMenu.Label>}
          {roles.map((role) => (
            <DropdownMenu.CheckboxItem
              key={role.id}
              className={menu.item}
              checked={role_ids.includes(role.id)}
              onSelect={(event) => event.preventDefault()}
              onCheckedChange={(given) =>
                run(() => (given ? rolesApi.give : rolesApi.take)({ ...path, role_id: role.id }))
              }
            >
              <RoleDot role={role} />
              <span className={menu.text} dir="auto">
                {role.name}
              </span>
              <DropdownMenu.ItemIndicator className={menu.end}>
                <Check size={16} />
              </DropdownMenu.ItemIndicator>
            </DropdownMenu.CheckboxItem>
          ))}
          {roles.length > 0 && <DropdownMenu.Separator className={menu.separator} />}
          {mayRename && (
            <MenuItem icon={<PenLine size={17} />} onSelect={() => show('rename')}>
              {texts.rename}
            </MenuItem>
          )}
          {mayTimeOut && (
            <MenuItem icon={<Clock size={17} />} onSelect={() => show('timeout')}>
              {texts.timeOut}
            </MenuItem>
          )}
          {mayTimeOut && timed_out_until !== null && (
            <MenuItem
              icon={<ClockFading size={17} />}
              onSelect={() => run(() => moderationApi.endTimeout(path))}
            >
              {texts.endTimeout}
            </MenuItem>
          )}
          {mayKick && (
            <MenuItem look="danger" icon={<UserMinus size={17} />} onSelect={() => show('kick')}>
              {texts.kick}
            </MenuItem>
          )}
          {mayBan && (
            <MenuItem look="danger" icon={<Ban size={17} />} onSelect={() => show('ban')}>
              {texts.ban}
            </MenuItem>
          )}
        </MenuContent>
      </DropdownMenu.Root>
      {shown !== undefined && (
        <MemberWindows
          shown={shown}
          communityId={community.id}
          member={member}
          onClose={() => show(undefined)}
        />
      )}
    </>
  );
}
