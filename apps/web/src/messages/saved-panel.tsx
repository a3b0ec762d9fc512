import { useQuery } from '@tanstack/react-query';
import { Bookmark, BookmarkX } from 'lucide-react';
import { messageTexts } from '../texts/messages/message-texts.js';
import { IconButton } from '../ui/icon-button.js';
import type { PanelProps } from '../workspace/panel-props.js';
import { MessageCard } from './message-card.js';
import { useMessageHandlers } from './message-handlers.js';
import { savedQuery } from './message-queries.js';
import { PanelList } from './panel-list.js';

/** What one has saved for later, wherever it stands. */
export function SavedPanel({ community, me, isCovering }: PanelProps) {
  const saved = useQuery(savedQuery);
  const handlers = useMessageHandlers();
  const texts = messageTexts.saved;
  return (
    <PanelList query={saved} icon={<Bookmark size={26} />} none={texts.none} hint={texts.hint}>
      {saved.data?.map((message) => (
        <MessageCard
          key={message.id}
          message={message}
          place={{ community, me: me.id }}
          search={isCovering ? {} : { panel: 'saved' }}
        >
          <IconButton
            size="small"
            label={messageTexts.actions.unsave}
            icon={<BookmarkX size={16} />}
            onClick={() => handlers.onSave(message)}
          />
        </MessageCard>
      ))}
    </PanelList>
  );
}
