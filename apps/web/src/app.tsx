import { useEffect } from 'react';
import { CallScreen } from './call/call-screen.js';
import { Ended } from './call/ended.js';
import { useCall } from './call/use-call.js';
import { Rejoining } from './call/rejoining.js';
import { Lobby } from './lobby/lobby.js';

/** The page: a lobby, then a call, then its end. */
export function App() {
  const { state, invitedTo, join, leave, goHome } = useCall();
  const title = state.phase === 'call' ? state.roomName : invitedTo;

  useEffect(() => {
    document.title = title === undefined ? 'Parley' : `${title} · Parley`;
  }, [title]);

  switch (state.phase) {
    case 'call':
      return (
        <CallScreen room={state.room} roomName={state.roomName} joinedAt={state.joinedAt} onLeave={leave} />
      );
    case 'rejoining':
      return <Rejoining room={state.roomName} />;
    case 'ended':
      return (
        <Ended
          end={state.end}
          room={state.roomName}
          onRejoin={() => join(state.roomName, state.name)}
          onHome={goHome}
        />
      );
    default:
      return (
        <Lobby
          key={invitedTo}
          room={invitedTo}
          joining={state.phase === 'joining'}
          error={state.phase === 'lobby' ? state.error : undefined}
          onJoin={join}
        />
      );
  }
}
