import { useQuery } from '@tanstack/react-query';
import { Pin, PinOff } from 'lucide-react';
import { messageTexts } from '../texts/messages/message-texts.js';
import { IconButton } from '../ui/icon-button.js';
import type { PanelProps } from '../workspace/panel-props.js';
import { MessageCard } from './message-card.js';
import { useMessageHandlers } from './message-handlers.js';
import { pinsQuery } from './message-queries.js';
import { PanelList } from './panel-list.js';

/** What is pinned in a channel. */
export function PinsPanel({ community, channel, me, isCovering }: PanelProps) {
  const pins = useQuery(pinsQuery(channel.id));
  const handlers = useMessageHandlers();
  const mayUnpin = channel.permissions.includes('pin_messages');
  const place = { community, me: me.id };
  const texts = messageTexts.pins;
  return (
    <PanelList query={pins} icon={<Pin size={26} />} none={texts.none} hint={texts.hint}>
      {pins.data?.map(({ message }) => (
        <MessageCard
          key={message.id}
          message={message}
          place={place}
          search={isCovering ? {} : { panel: 'pins' }}
        >
          {mayUnpin && (
            <IconButton
              size="small"
              label={messageTexts.actions.unpin}
              icon={<PinOff size={16} />}
              onClick={() => handlers.onPin(message)}
            />
          )}
        </MessageCard>
      ))}
    </PanelList>
  );
}
