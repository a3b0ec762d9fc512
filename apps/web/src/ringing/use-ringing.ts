import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { startQuery } from '../finding/start-query.js';
import { showCallNotice } from '../notifications/call-notice.js';
import { beTheOneTab } from '../notifications/one-tab.js';
import { profileQuery } from '../presence/presence-queries.js';
import { playRingTone } from './ring-tone.js';

/**
 * Rings, and tells of a call outside of the page, for as long as the part is shown that uses it: from one tab of all that
 * are open, and unless one does not want to be disturbed.
 *
 * @param inCall whoever talks is not to hear it.
 */
export function useRinging(title: string, tag: string, inCall: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    const known = client.getQueryData(profileQuery.queryKey) ?? client.getQueryData(startQuery.queryKey)?.me;
    if (known?.availability === 'do_not_disturb') return;
    const stops: (() => void)[] = [];
    const leave = beTheOneTab('parley.ringing', () => {
      stops.push(showCallNotice(title, tag));
      if (!inCall) stops.push(playRingTone());
    });
    return () => {
      leave();
      for (const stop of stops) stop();
    };
  }, [client, title, tag, inCall]);
}
