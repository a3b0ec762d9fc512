import type { Conversation } from '@parley/contract';
import { UsersRound } from 'lucide-react';
import { Popover } from 'radix-ui';
import { Face } from '../people/face.js';
import { PersonButton } from '../people/person-button.js';
import { shownName } from '../people/shown-name.js';
import { StatusEmoji } from '../presence/status-emoji.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
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
              <li key={person.id}>
                <PersonButton id={person.id} name={shownName(person)} className={styles.member}>
                  <Face id={person.id} name={shownName(person)} />
                  <span className={menu.text}>
                    <bdi>{shownName(person)}</bdi>
                    <StatusEmoji status={person.status} />
                  </span>
                </PersonButton>
              </li>
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
