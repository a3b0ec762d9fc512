import {
  createLocalAudioTrack,
  createLocalVideoTrack,
  VideoPresets,
  type LocalAudioTrack,
  type LocalVideoTrack,
} from 'livekit-client';
import { useCallback, useEffect, useState } from 'react';
import { mediaProblemOf, type MediaProblem } from '../lib/media-problem.js';

export interface LocalTrackState<T> {
  track: T | undefined;
  problem: MediaProblem | undefined;
  /** Tries again, for when the person has removed the problem. */
  retry: () => void;
}

/** A camera track that lives as long as `on`, outside any call: the preview. */
export function useLocalCamera(on: boolean, deviceId: string): LocalTrackState<LocalVideoTrack> {
  return useLocalTrack(on, deviceId, openCamera);
}

/** A microphone track that lives as long as `on`, outside any call. */
export function useLocalMicrophone(on: boolean, deviceId: string): LocalTrackState<LocalAudioTrack> {
  return useLocalTrack(on, deviceId, openMicrophone);
}

function useLocalTrack<T extends LocalAudioTrack | LocalVideoTrack>(
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

function openCamera(deviceId: string): Promise<LocalVideoTrack> {
  return createLocalVideoTrack({ ...chosen(deviceId), resolution: VideoPresets.h720.resolution });
}

function openMicrophone(deviceId: string): Promise<LocalAudioTrack> {
  return createLocalAudioTrack(chosen(deviceId));
}

function chosen(deviceId: string): { deviceId?: string } {
  return deviceId === '' ? {} : { deviceId };
}
