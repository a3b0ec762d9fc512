import { useNavigate } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';
import { useCallPhase } from '../call/use-call.js';
import { useJoin } from '../call/use-join.js';
import { Splash } from '../ui/splash.js';
import { LazyLobby } from './lazy-lobby.js';

/** Where one begins: choose a room, and go there. */
export function FrontPage() {
  const navigate = useNavigate();
  const phase = useCallPhase();
  const join = useJoin();
  const isJoining = useRef(false);

  // Only once there is a call the address changes: until then the form stays as it is.
  useEffect(() => {
    if (phase.name === 'call' && isJoining.current)
      void navigate({ to: '/r/$room', params: { room: phase.room } });
    if (phase.name !== 'joining') isJoining.current = false;
  }, [phase, navigate]);

  return (
    <Suspense fallback={<Splash />}>
      <LazyLobby
        room={undefined}
        onJoin={(...wanted) => {
          join(...wanted);
          isJoining.current = true;
        }}
      />
    </Suspense>
  );
}
