import { useCallback, useState } from 'react';
import { channelPath, roomPath } from '../lib/route.js';
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
export function useInvite({ room, channel }: CallPlace): Invite {
  const { notify, announce } = useNotices();
  const [copied, setCopied] = useState(false);
  const link = location.origin + (channel === undefined ? roomPath(room) : channelPath(channel));

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
