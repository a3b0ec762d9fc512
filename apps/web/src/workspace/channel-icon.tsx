import type { Channel } from '@parley/contract';
import { Hash, Lock } from 'lucide-react';
import { VisuallyHidden } from 'radix-ui';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';

/** What sort of channel it is. */
export function ChannelIcon({ channel, size }: { channel: Channel; size: number }) {
  if (!channel.private) return <Hash size={size} aria-hidden="true" />;
  return (
    <>
      <Lock size={size} aria-hidden="true" />
      <VisuallyHidden.Root>{workspaceTexts.channel.private}</VisuallyHidden.Root>
    </>
  );
}
