import type { Room } from 'livekit-client';
import { useCallback } from 'react';
import { useNotices } from '../ui/use-notices.js';
import { HAND_ATTRIBUTE, handOf } from './participants.js';

/** Raises one's own hand, or lowers it. */
export function useHand(room: Room): () => void {
  const { notify, announce } = useNotices();
  return useCallback(() => {
    const raised = handOf(room.localParticipant.attributes[HAND_ATTRIBUTE]) !== undefined;
    room.localParticipant.setAttributes({ [HAND_ATTRIBUTE]: raised ? '' : String(Date.now()) }).then(
      () => announce(raised ? 'Your hand is down' : 'Your hand is raised'),
      () => notify('Your hand did not reach the others. Try again.', 'problem'),
    );
  }, [room, notify, announce]);
}
