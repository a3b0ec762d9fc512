import { useNavigate } from '@tanstack/react-router';
import { Bookmark, CalendarClock, Inbox, MessagesSquare } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { IconButton } from '../ui/icon-button.js';
import menu from '../ui/menu.module.css';

const LISTS = [
  { panel: 'threads', Icon: MessagesSquare },
  { panel: 'saved', Icon: Bookmark },
  { panel: 'scheduled', Icon: CalendarClock },
] as const;

/** Opens what is one's own beside the channel: threads that one follows, messages that one has saved or sends later. */
export function OwnListsMenu() {
  const navigate = useNavigate();
  const isLeaving = useRef(false);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label={workspaceTexts.panel.own} icon={<Inbox size={19} />} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={menu.content}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          // The panel takes the focus.
          onCloseAutoFocus={(event) => {
            if (isLeaving.current) event.preventDefault();
            isLeaving.current = false;
          }}
        >
          {LISTS.map(({ panel, Icon }) => (
            <DropdownMenu.Item
              key={panel}
              className={menu.item}
              onSelect={() => {
                isLeaving.current = true;
                void navigate({ to: '.', search: { panel } });
              }}
            >
              <Icon size={17} />
              {workspaceTexts.panel[panel]}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
