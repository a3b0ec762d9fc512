import type { Conversation } from '@parley/contract';
import { UsersRound } from 'lucide-react';
import { Popover } from 'radix-ui';
import { shownName } from '../people/shown-name.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { Avatar } from '../ui/avatar.js';
import menu from '../ui/menu.module.css';
import styles from './conversation-page.module.css';

/** Who is in a group. */
export function MembersMenu({ members }: Pick<Conversation, 'members'>) {
  return (
    <Popover.Root>
      <Popover.Trigger
        className={styles.count}
        aria-label={conversationTexts.showMembers(members.length)}
        data-testid="conversation-members"
      >
        <UsersRound size={17} aria-hidden="true" />
        {members.length}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={menu.content}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={conversationTexts.members(members.length)}
        >
          <ul>
            {members.map((person) => (
              <li key={person.id} className={styles.member}>
                <Avatar identity={person.id} name={shownName(person)} />
                <span className={menu.text} dir="auto">
                  {shownName(person)}
                </span>
              </li>
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
