import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import styles from './back.module.css';

/** On a phone, from a channel to the list of channels. */
export function BackToChannels({ communityId }: { communityId: string }) {
  return (
    <Link
      to="/c/$community"
      params={{ community: communityId }}
      className={styles.back}
      aria-label={workspaceTexts.channel.back}
    >
      <ArrowLeft size={20} data-points-inline />
    </Link>
  );
}
