import { channelRoom, type OwnAccount } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import { callsApi } from '../api/calls.js';
import { useCall, useCallPhase } from '../call/use-call.js';
import { lazyPart } from '../ui/lazy-part.js';
import { useNotices } from '../ui/use-notices.js';
import { isCalled, ringKey } from './ring-state.js';
import { ringsQuery } from './rings-query.js';

const RingDialog = lazyPart(async () => (await import('./ring-dialog.js')).RingDialog);

/** Shows on whichever page one is that somebody calls one. */
export function Rings({ me }: { me: OwnAccount }) {
  const { data: rings = [] } = useQuery(ringsQuery);
  const [put, setPut] = useState<string>();
  const phase = useCallPhase();
  useOwnAttempts();
  const room = phase.name === 'call' || phase.name === 'joining' ? phase.room : undefined;
  const ring = rings.find(
    (one) => isCalled(one, me.id) && channelRoom(one.channel_id) !== room && ringKey(one) !== put,
  );
  if (ring === undefined) return null;
  const key = ringKey(ring);
  return (
    <Suspense>
      <RingDialog key={key} ring={ring} me={me} inCall={room !== undefined} onPutAway={() => setPut(key)} />
    </Suspense>
  );
}

/** Whoever does not come into the call that they begin calls nobody, and is told why. */
function useOwnAttempts(): void {
  const { session } = useCall();
  const { notify } = useNotices();
  useEffect(() => {
    let before = session.phase.get();
    return session.phase.subscribe(() => {
      const was = before;
      const now = session.phase.get();
      before = now;
      if (was.name !== 'joining' || was.channel?.communityId !== null || now.name !== 'idle') return;
      // Nobody is called for longer than a while anyway.
      callsApi.stop({ id: was.channel.id }).catch(() => undefined);
      // After a reload it is told of already.
      if (now.error !== undefined && was.from !== 'reload') notify(now.error, 'problem');
    });
  }, [session, notify]);
}
