import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import type { CallEnd } from '../call/call-end.js';
import type { CallPhase } from '../call/call-session.js';
import { Ended } from '../call/ended.js';
import { Rejoining } from '../call/rejoining.js';
import { useCallPhase } from '../call/use-call.js';
import { useJoin } from '../call/use-join.js';
import { roomKey } from '../lib/room-name.js';
import { Splash } from '../ui/splash.js';
import { CrashPage } from './crash-page.js';
import { LazyLobby } from './lazy-lobby.js';

const CallScreen = lazy(async () => ({ default: (await import('../call/call-screen.js')).CallScreen }));

/** A room: its lobby, the call in it, and the call's end. */
export function RoomPage() {
  const { room } = useParams({ from: '/r/$room' });
  const navigate = useNavigate();
  const phase = useCallPhase();
  const join = useJoin();
  const isHere = phase.name !== 'idle' && roomKey(phase.room) === roomKey(room);

  if (isHere && phase.name === 'call') {
    return (
      <ErrorBoundary FallbackComponent={CrashPage}>
        <Suspense fallback={<Rejoining room={phase.room} />}>
          <CallScreen place={phase} joinedAt={phase.joinedAt} />
        </Suspense>
      </ErrorBoundary>
    );
  }
  if (isHere && phase.name === 'joining' && phase.from === 'reload') return <Rejoining room={phase.room} />;
  const end = endOf(phase);
  if (isHere && end !== undefined) {
    const { userName } = end;
    return (
      <Ended
        end={end.end}
        room={phase.room}
        rejoining={phase.name === 'joining'}
        onRejoin={() => join(phase.room, userName)}
        onHome={() => void navigate({ to: '/' })}
      />
    );
  }
  return (
    <Suspense fallback={<Splash />}>
      <LazyLobby key={room} room={room} onJoin={join} />
    </Suspense>
  );
}

/** The end of an earlier call, which is shown also while one comes back from it. */
function endOf(phase: CallPhase): { end: CallEnd; userName: string } | undefined {
  if (phase.name === 'ended') return phase;
  if (phase.name !== 'joining' || typeof phase.from === 'string') return undefined;
  return { end: phase.from, userName: phase.userName };
}
