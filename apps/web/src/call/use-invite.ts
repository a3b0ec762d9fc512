import { useCallback, useState } from 'react';
import { inviteLink } from '../lib/route.js';
import { texts } from '../texts/texts.js';
import { copyText } from '../ui/copy-text.js';
import { useNotices } from '../ui/use-notices.js';

export interface Invite {
  link: string;
  /** True for a moment after the link was copied. */
  copied: boolean;
  copy: () => void;
}

/** The link that brings others into the room. */
export function useInvite(room: string): Invite {
  const { notify, announce } = useNotices();
  const [copied, setCopied] = useState(false);
  const link = inviteLink(location.origin, room);

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
