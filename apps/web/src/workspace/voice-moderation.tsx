import type { Channel, Community, VoicePerson } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { HeadphoneOff, Headphones, Mic, MicOff, PhoneOff, Volume2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { voiceApi } from '../api/voice.js';
import styles from '../call/person-card.module.css';
import { voiceTexts } from '../texts/voice/voice-texts.js';
import { useNotices } from '../ui/use-notices.js';
import { communityQuery } from './community-queries.js';
import { problemText } from './problem-text.js';

export interface VoiceModerationProps {
  channelId: string;
  communityId: string;
  identity: string;
}

/** What one may decide about somebody in the call of a voice channel. Whether they stand below one, the server says. */
export function VoiceModeration({ channelId: id, communityId, identity }: VoiceModerationProps) {
  const { data } = useQuery(communityQuery(communityId));
  const channel = data?.channels.find((one) => one.id === id);
  const state = data?.voice.channels.find(({ channel_id }) => channel_id === id);
  const person = state?.people.find((one) => one.id === identity);
  if (data === undefined || channel === undefined || person === undefined) return null;
  return <Actions community={data} channel={channel} person={person} />;
}

interface ActionsProps {
  community: Community;
  channel: Channel;
  person: VoicePerson;
}

function Actions({ community, channel, person }: ActionsProps) {
  const { notify } = useNotices();
  const texts = voiceTexts.moderation;
  const may = (action: string) => channel.permissions.includes(action);
  const path = { id: channel.id, user_id: person.id };
  const run = (done: Promise<unknown>) => {
    done.catch((error: unknown) => notify(problemText(error), 'problem'));
  };
  const others = community.channels.filter(
    ({ kind, id, archived, permissions }) =>
      kind === 'voice' && id !== channel.id && !archived && permissions.includes('move_members'),
  );
  if (!may('mute_members') && !may('deafen_members') && !may('move_members')) return null;
  return (
    <div role="group" aria-label={texts.title}>
      <div className={styles.line} />
      {may('mute_members') && (
        <Action
          icon={person.muted ? <Mic size={17} /> : <MicOff size={17} />}
          onClick={() => run(person.muted ? voiceApi.unmute(path) : voiceApi.mute(path))}
        >
          {person.muted ? texts.unmute : texts.mute}
        </Action>
      )}
      {may('deafen_members') && (
        <Action
          icon={person.deafened ? <Headphones size={17} /> : <HeadphoneOff size={17} />}
          onClick={() => run(person.deafened ? voiceApi.undeafen(path) : voiceApi.deafen(path))}
        >
          {person.deafened ? texts.undeafen : texts.deafen}
        </Action>
      )}
      {may('move_members') && (
        <>
          {others.map(({ id, name }) => (
            <Action
              key={id}
              icon={<Volume2 size={17} />}
              onClick={() => run(voiceApi.move({ ...path, to: id }))}
            >
              {texts.moveTo(name)}
            </Action>
          ))}
          <Action icon={<PhoneOff size={17} />} isSerious onClick={() => run(voiceApi.disconnect(path))}>
            {texts.disconnect}
          </Action>
        </>
      )}
    </div>
  );
}

interface ActionProps {
  icon: ReactNode;
  isSerious?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Action({ icon, isSerious = false, onClick, children }: ActionProps) {
  const look = [styles.action, isSerious && styles.danger].filter(Boolean).join(' ');
  return (
    <button type="button" className={look} onClick={onClick}>
      {icon}
      <span className={styles.text}>{children}</span>
    </button>
  );
}
