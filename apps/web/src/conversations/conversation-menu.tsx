import type { Conversation } from '@parley/contract';
import { Ellipsis, LogOut, Pencil, UserPlus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { IconButton } from '../ui/icon-button.js';
import menu from '../ui/menu.module.css';
import { AddDialog } from './add-dialog.js';
import { LeaveDialog } from './leave-dialog.js';
import { RenameDialog } from './rename-dialog.js';

export interface ConversationMenuProps {
  conversation: Conversation;
  me: string;
}

/** What one can do with a conversation. */
export function ConversationMenu({ conversation, me }: ConversationMenuProps) {
  const [open, setOpen] = useState<'add' | 'rename' | 'leave' | undefined>();
  const texts = conversationTexts;
  const onClose = () => setOpen(undefined);
  return (
    <>
      <IconButton label={texts.add} icon={<UserPlus size={19} />} onClick={() => setOpen('add')} />
      {conversation.kind === 'group' && (
        <DropdownMenu.Root modal={false}>
          <DropdownMenu.Trigger asChild>
            <IconButton label={texts.more} icon={<Ellipsis size={19} />} />
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal>
            <DropdownMenu.Content className={menu.content} align="end" sideOffset={4} collisionPadding={8}>
              <DropdownMenu.Item className={menu.item} onSelect={() => setOpen('rename')}>
                <Pencil size={17} />
                {texts.rename}
              </DropdownMenu.Item>
              <DropdownMenu.Item className={menu.item} onSelect={() => setOpen('leave')}>
                <LogOut size={17} data-points-inline />
                {texts.leave}
              </DropdownMenu.Item>
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
