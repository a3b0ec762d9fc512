import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import styles from '../workspace/back.module.css';

/** On a phone, from a conversation, or one's friends, to the list of conversations. */
export function BackToConversations() {
  return (
    <Link to="/d" className={styles.back} aria-label={conversationTexts.back}>
      <ArrowLeft size={20} data-points-inline />
    </Link>
  );
}
