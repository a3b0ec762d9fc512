import { useCallback, useEffect, useState } from 'react';
import { mediaProblemOf, type MediaProblem } from '../lib/media-problem.js';
import { CameraTrack, MicrophoneTrack } from './local-tracks.js';

export interface LocalTrackState<T> {
  track: T | undefined;
  problem: MediaProblem | undefined;
  /** Tries again, for when the person has removed the problem. */
  retry: () => void;
}

/** A camera that is open as long as `on`, outside any call: the preview. */
export function useLocalCamera(on: boolean, deviceId: string): LocalTrackState<CameraTrack> {
  return useLocalTrack(on, deviceId, openCamera);
}

/** A microphone that is open as long as `on`, outside any call. */
export function useLocalMicrophone(on: boolean, deviceId: string): LocalTrackState<MicrophoneTrack> {
  return useLocalTrack(on, deviceId, openMicrophone);
}

const openCamera = (deviceId: string) => CameraTrack.open(deviceId);
const openMicrophone = (deviceId: string) => MicrophoneTrack.open(deviceId);

function useLocalTrack<T extends CameraTrack | MicrophoneTrack>(
  on: boolean,
  deviceId: string,
  open: (deviceId: string) => Promise<T>,
): LocalTrackState<T> {
  const [state, setState] = useState<{ track?: T; problem?: MediaProblem }>({});
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (!on) return;
    let current = true;
    let opened: T | undefined;
    open(deviceId).then(
      (track) => {
        opened = track;
        if (current) setState({ track });
        else track.stop();
      },
      (error: unknown) => {
        if (current) setState({ problem: mediaProblemOf(error, window.isSecureContext) });
      },
    );
    return () => {
      current = false;
      opened?.stop();
      setState({});
    };
  }, [on, deviceId, open, attempt]);

  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  return { track: state.track, problem: state.problem, retry };
}
