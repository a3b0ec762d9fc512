import type { Person, Relation } from '@parley/contract';
import { Ban, Check, Ellipsis, MessageCircle, UserMinus, UserRoundPlus } from 'lucide-react';
import { DropdownMenu, Popover } from 'radix-ui';
import { beginProblem, useBegin } from '../conversations/use-begin.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { peopleTexts } from '../texts/people/people-texts.js';
import { Button } from '../ui/button.js';
import { IconButton } from '../ui/icon-button.js';
import menu from '../ui/menu.module.css';
import { useNotices } from '../ui/use-notices.js';
import styles from './person-card.module.css';
import { useRelating, type Relating } from './use-relating.js';

export interface PersonActionsProps {
  person: Person;
  /** Null for nobody in particular. */
  relation: Relation | null;
}

/** What one can do about somebody. */
export function PersonActions({ person, relation }: PersonActionsProps) {
  const begin = useBegin();
  const relating = useRelating();
  const { notify } = useNotices();
  const texts = peopleTexts.card;
  const relate = (how: Relating) => () => relating.mutate({ person, how });
  const write = () => {
    begin.mutate({ userIds: [person.id] }, { onError: (error) => notify(beginProblem(error), 'problem') });
  };
  if (relation === 'blocked') {
    return (
      <div className={styles.actions}>
        <Button onClick={relate('unblock')}>{conversationTexts.unblock}</Button>
      </div>
    );
  }
  return (
    <div className={styles.actions}>
      <Popover.Close asChild>
        <Button look="primary" onClick={write}>
          <MessageCircle size={17} />
          {peopleTexts.friends.messageShort}
        </Button>
      </Popover.Close>
      {relation === null && (
        <Button onClick={relate('ask')}>
          <UserRoundPlus size={17} />
          {texts.ask}
        </Button>
      )}
      {relation === 'incoming' && (
        <Button onClick={relate('accept')}>
          <Check size={17} />
          {peopleTexts.friends.acceptShort}
        </Button>
      )}
      {relation === 'outgoing' && <Button onClick={relate('remove')}>{peopleTexts.friends.withdraw}</Button>}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <IconButton label={conversationTexts.more} icon={<Ellipsis size={19} />} look="control" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className={menu.content} align="end" sideOffset={4} collisionPadding={8}>
            {relation === 'friend' && (
              <DropdownMenu.Item className={menu.item} onSelect={relate('remove')}>
                <UserMinus size={17} />
                {peopleTexts.friends.removeShort}
              </DropdownMenu.Item>
            )}
            <DropdownMenu.Item className={menu.item} onSelect={relate('block')}>
              <Ban size={17} />
              {texts.block}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  );
}
