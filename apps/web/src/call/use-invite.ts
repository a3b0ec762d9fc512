import { useCallback, useState } from 'react';
import { channelPath, conversationPath, roomPath } from '../lib/route.js';
import { texts } from '../texts/texts.js';
import { copyText } from '../ui/copy-text.js';
import { useNotices } from '../ui/use-notices.js';
import type { CallPlace } from './call-place.js';

export interface Invite {
  link: string;
  /** True for a moment after the link was copied. */
  copied: boolean;
  copy: () => void;
}

/** The link that brings others into the call; into a channel's, who sees that channel. */
export function useInvite(place: CallPlace): Invite {
  const { notify, announce } = useNotices();
  const [copied, setCopied] = useState(false);
  const link = location.origin + placePath(place);

  const copy = useCallback(() => {
    void copyText(link).then((done) => {
      if (!done) {
        notify(texts.invite.copyYourself(link));
        return;
      }
      setCopied(true);
      announce(texts.invite.announced);
      setTimeout(() => setCopied(false), 2000);
    });
  }, [link, notify, announce]);

  return { link, copied, copy };
}

/** The address of the page of a call. */
function placePath({ room, channel }: CallPlace): string {
  if (channel === undefined) return roomPath(room);
  const { id, communityId } = channel;
  return communityId === null ? conversationPath(id) : channelPath({ id, communityId });
}
