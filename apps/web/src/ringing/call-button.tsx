import { channelRoom, type Conversation, type OwnAccount } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { Phone, PhoneCall } from 'lucide-react';
import { useCallPhase } from '../call/use-call.js';
import { conversationName, othersIn } from '../conversations/conversation-name.js';
import { ringingTexts } from '../texts/ringing/ringing-texts.js';
import { IconButton } from '../ui/icon-button.js';
import { ringsQuery } from './rings-query.js';
import { useAnswer } from './use-answer.js';

/** Begins the call of a conversation, or joins the one that is on. */
export function CallButton({ conversation, me }: { conversation: Conversation; me: OwnAccount }) {
  const { id, permissions } = conversation;
  const { data: rings } = useQuery(ringsQuery);
  const phase = useCallPhase();
  const join = useAnswer(me);
  const isOn = rings?.some(({ channel_id }) => channel_id === id) === true;
  const isHere = phase.name !== 'idle' && phase.room === channelRoom(id);
  const isAlone = othersIn(conversation, me.id).length === 0;
  if (!permissions.includes('join_voice') || isAlone || (isHere && phase.name !== 'ended')) return null;
  const { call, join: toJoin } = ringingTexts.conversation;
  return (
    <IconButton
      label={isOn ? toJoin : call}
      look={isOn ? 'active' : 'plain'}
      icon={isOn ? <PhoneCall size={19} /> : <Phone size={19} />}
      onClick={() => join(id, conversationName(conversation, me.id))}
      data-testid="call-button"
    />
  );
}
