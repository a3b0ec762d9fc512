import { HeadphoneOff, Headphones } from 'lucide-react';
import { useStore } from '../lib/use-store.js';
import { texts } from '../texts/texts.js';
import { IconButton } from '../ui/icon-button.js';
import { useCall } from './use-call.js';

/** Turns the sound of everybody off, and the microphone with it. */
export function DeafenButton({ size = 'medium' }: { size?: 'medium' | 'large' }) {
  const { session } = useCall();
  const deafened = useStore(session.listening.deafened);
  const iconSize = size === 'large' ? 21 : 18;
  return (
    <IconButton
      label={texts.call.deafen}
      hint={deafened ? texts.call.undeafen : texts.call.deafen}
      shortcut="deafen"
      size={size}
      look={deafened ? 'off' : 'control'}
      aria-pressed={deafened}
      icon={deafened ? <HeadphoneOff size={iconSize} /> : <Headphones size={iconSize} />}
      onClick={() => session.toggleDeafened()}
      data-testid="deafen-button"
    />
  );
}
