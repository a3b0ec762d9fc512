import { channelRoom, type OwnAccount, type WorkspaceEventBody } from '@parley/contract';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { channelPlace } from '../call/call-place.js';
import { useCall } from '../call/use-call.js';
import { useJoinPlace } from '../call/use-join.js';
import { voiceTexts } from '../texts/voice/voice-texts.js';
import { useNotices } from '../ui/use-notices.js';

/** Goes where a moderator has moved one: into another call, and to its page if that of the first is open. */
export function useFollowMoves(me: OwnAccount): (event: WorkspaceEventBody) => void {
  const { session } = useCall();
  const join = useJoinPlace();
  const navigate = useNavigate();
  const { notify } = useNotices();
  const { channel: shown } = useParams({ strict: false });

  const follow = ({ type, payload }: WorkspaceEventBody) => {
    // Of one's devices only that which is in the call goes along.
    if (type !== 'voice_moved' || !session.isOrWasIn(channelRoom(payload.from))) return;
    const { community_id: community, from, to, name } = payload;
    notify(voiceTexts.moderation.wasMoved(name));
    const there = { community, channel: to };
    // Leaving a page ends what is joined from there.
    const isThere =
      shown === from ? navigate({ to: '/c/$community/$channel', params: there }) : Promise.resolve();
    void isThere.then(() => join(channelPlace({ id: to, communityId: community }, name), me.user_name));
  };

  const latest = useRef(follow);
  useEffect(() => {
    latest.current = follow;
  });
  return useCallback((event: WorkspaceEventBody) => latest.current(event), []);
}
