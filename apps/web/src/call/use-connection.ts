import { RoomEvent, type Room } from 'livekit-client';
import { useEffect, useState } from 'react';

export interface Connection {
  reconnecting: boolean;
  /** False while the browser waits for a click before it plays sound. */
  canPlaySound: boolean;
  recording: boolean;
}

/** The state of the room's connection and playback. */
export function useConnection(room: Room): Connection {
  const [reconnecting, setReconnecting] = useState(false);
  const [canPlaySound, setCanPlaySound] = useState(room.canPlaybackAudio);
  const [recording, setRecording] = useState(room.isRecording);

  useEffect(() => {
    const onLost = () => setReconnecting(true);
    const onBack = () => setReconnecting(false);
    const onPlayback = () => setCanPlaySound(room.canPlaybackAudio);
    room.on(RoomEvent.Reconnecting, onLost);
    room.on(RoomEvent.SignalReconnecting, onLost);
    room.on(RoomEvent.Reconnected, onBack);
    room.on(RoomEvent.AudioPlaybackStatusChanged, onPlayback);
    room.on(RoomEvent.RecordingStatusChanged, setRecording);
    return () => {
      room.off(RoomEvent.Reconnecting, onLost);
      room.off(RoomEvent.SignalReconnecting, onLost);
      room.off(RoomEvent.Reconnected, onBack);
      room.off(RoomEvent.AudioPlaybackStatusChanged, onPlayback);
      room.off(RoomEvent.RecordingStatusChanged, setRecording);
    };
  }, [room]);

  return { reconnecting, canPlaySound, recording };
}
