import { usePreferences } from '../ui/use-preferences.js';
import { useCall } from './use-call.js';

export type Join = (
  room: string,
  name: string,
  /** The token of another tab, whose part in the call this one takes over. */
  previous?: string,
) => void;

/** Joins a room with the devices that this browser remembers. */
export function useJoin(): Join {
  const { session, ui } = useCall();
  const { preferences } = usePreferences();
  return (room, name, previous) => {
    const { cameraId, microphoneId, speakerId, cameraOn, microphoneOn } = preferences;
    ui.reset();
    const devices = { cameraId, microphoneId, speakerId };
    const taken = previous === undefined ? {} : { previous };
    session.join({ room, name, devices, cameraOn, microphoneOn, ...taken });
  };
}
