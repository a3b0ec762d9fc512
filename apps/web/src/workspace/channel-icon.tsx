import type { Channel } from '@parley/contract';
import { Hash, Lock, Volume2 } from 'lucide-react';
import { VisuallyHidden } from 'radix-ui';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';

/** What sort of channel it is. */
export function ChannelIcon({ channel, size }: { channel: Channel; size: number }) {
  const { channel: texts, voice } = workspaceTexts;
  const isVoice = channel.kind === 'voice';
  const Icon = channel.private ? Lock : isVoice ? Volume2 : Hash;
  return (
    <>
      <Icon size={size} aria-hidden="true" />
      {channel.private && <VisuallyHidden.Root>{texts.private}</VisuallyHidden.Root>}
      {isVoice && <VisuallyHidden.Root>{voice.kind}</VisuallyHidden.Root>}
    </>
  );
}
