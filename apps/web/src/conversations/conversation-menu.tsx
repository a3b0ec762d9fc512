import type { Conversation } from '@parley/contract';
import { useNavigate } from '@tanstack/react-router';
import { Ellipsis, LogOut, Pencil, Pin, UserPlus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { IconButton } from '../ui/icon-button.js';
import menu from '../ui/menu.module.css';
import { PanelButton } from '../workspace/panel-button.js';
import { AddDialog } from './add-dialog.js';
import { LeaveDialog } from './leave-dialog.js';
import { RenameDialog } from './rename-dialog.js';

export interface ConversationMenuProps {
  conversation: Conversation;
  me: string;
  /** Whether there is room for little beside the name. */
  narrow: boolean;
}

/** What one can do with a conversation. */
export function ConversationMenu({ conversation, me, narrow }: ConversationMenuProps) {
  const navigate = useNavigate();
  const [open, setOpen] = useState<'add' | 'rename' | 'leave' | undefined>();
  const texts = conversationTexts;
  const isGroup = conversation.kind === 'group';
  const onClose = () => setOpen(undefined);
  return (
    <>
      {!narrow && (
        <>
          <PanelButton panel="pins" label={workspaceTexts.panel.pins} icon={<Pin size={19} />} />
          <IconButton label={texts.add} icon={<UserPlus size={19} />} onClick={() => setOpen('add')} />
        </>
      )}
      {(isGroup || narrow) && (
        <DropdownMenu.Root modal={false}>
          <DropdownMenu.Trigger asChild>
            <IconButton label={texts.more} icon={<Ellipsis size={19} />} />
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal>
            <DropdownMenu.Content className={menu.content} align="end" sideOffset={4} collisionPadding={8}>
              {narrow && (
                <>
                  <DropdownMenu.Item
                    className={menu.item}
                    onSelect={() => void navigate({ to: '.', search: { panel: 'pins' } })}
                  >
                    <Pin size={17} />
                    {workspaceTexts.panel.pins}
                  </DropdownMenu.Item>
                  <DropdownMenu.Item className={menu.item} onSelect={() => setOpen('add')}>
                    <UserPlus size={17} />
                    {texts.add}
                  </DropdownMenu.Item>
                </>
              )}
              {isGroup && (
                <>
                  <DropdownMenu.Item className={menu.item} onSelect={() => setOpen('rename')}>
                    <Pencil size={17} />
                    {texts.rename}
                  </DropdownMenu.Item>
                  <DropdownMenu.Item className={menu.item} onSelect={() => setOpen('leave')}>
                    <LogOut size={17} data-points-inline />
                    {texts.leave}
                  </DropdownMenu.Item>
                </>
              )}
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
      )}
      {open === 'add' && <AddDialog conversation={conversation} me={me} onClose={onClose} />}
      {open === 'rename' && <RenameDialog conversation={conversation} onClose={onClose} />}
      {open === 'leave' && <LeaveDialog conversation={conversation} me={me} onClose={onClose} />}
    </>
  );
}
