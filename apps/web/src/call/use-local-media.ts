import type { Room } from 'livekit-client';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import {
  explainMediaProblem,
  isScreenShareCancelled,
  mediaProblemOf,
  type MediaSource,
} from '../lib/media-problem.js';
import { useNotices } from '../ui/use-notices.js';
import { usePreferences } from '../ui/use-preferences.js';

export interface LocalMedia {
  toggleMicrophone: () => void;
  toggleCamera: () => void;
  toggleScreen: () => void;
  canShareScreen: boolean;
}

/** Starts, stops and switches one's own camera, microphone and screen in a call. */
export function useLocalMedia(room: Room): LocalMedia {
  const { preferences, update } = usePreferences();
  const { notify, announce } = useNotices();
  /** What is wanted of the sources that are being switched right now. */
  const wanted = useRef(new Map<MediaSource, boolean>());

  const set = useCallback(
    async (source: MediaSource, on: boolean, report = true) => {
      const switching = wanted.current.has(source);
      wanted.current.set(source, on);
      // A press while a device starts is not lost: whoever switches it looks again when it has started.
      if (switching) return;
      try {
        let is = !on;
        while (is !== wanted.current.get(source)) {
          is = !is;
          await switchSource(room, source, is);
        }
        if (source === 'camera') update({ cameraOn: is });
        if (source === 'microphone') update({ microphoneOn: is });
        announce(spoken(source, is));
      } catch (error) {
        if (!report || (source === 'screen' && isScreenShareCancelled(error))) return;
        const { title, detail } = explainMediaProblem(mediaProblemOf(error, window.isSecureContext), [
          source,
        ]);
        notify(`${title}. ${detail}`, 'problem');
      } finally {
        wanted.current.delete(source);
      }
    },
    [room, update, notify, announce],
  );

  const started = useRef<Room | undefined>(undefined);
  useEffect(() => {
    if (started.current === room) return;
    started.current = room;
    // What does not start here did not start in the lobby either, and the lobby has said so.
    if (preferences.microphoneOn) void set('microphone', true, false);
    if (preferences.cameraOn) void set('camera', true, false);
  }, [room, preferences, set]);

  useActiveDevice(room, 'videoinput', preferences.cameraId);
  useActiveDevice(room, 'audioinput', preferences.microphoneId);
  useActiveDevice(room, 'audiooutput', preferences.speakerId);

  return useMemo(() => {
    const toggle = (source: MediaSource) =>
      void set(source, !(wanted.current.get(source) ?? isOn(room, source)));
    return {
      toggleMicrophone: () => toggle('microphone'),
      toggleCamera: () => toggle('camera'),
      toggleScreen: () => {
        if (canShareScreen()) toggle('screen');
      },
      canShareScreen: canShareScreen(),
    };
  }, [room, set]);
}

/** Moves the call to another device when the person chooses one. */
function useActiveDevice(room: Room, kind: MediaDeviceKind, deviceId: string): void {
  const { notify } = useNotices();
  useEffect(() => {
    if (deviceId === '' || room.getActiveDevice(kind) === deviceId) return;
    room.switchActiveDevice(kind, deviceId).catch(() => {
      notify('That device did not start. The earlier one stays in use.', 'problem');
    });
  }, [room, kind, deviceId, notify]);
}

function isOn(room: Room, source: MediaSource): boolean {
  const self = room.localParticipant;
  if (source === 'microphone') return self.isMicrophoneEnabled;
  return source === 'camera' ? self.isCameraEnabled : self.isScreenShareEnabled;
}

async function switchSource(room: Room, source: MediaSource, on: boolean): Promise<void> {
  const self = room.localParticipant;
  if (source === 'microphone') await self.setMicrophoneEnabled(on);
  else if (source === 'camera') await self.setCameraEnabled(on);
  else await self.setScreenShareEnabled(on, { audio: true, systemAudio: 'include', contentHint: 'detail' });
}

/** Phones cannot share their screen from a browser. */
function canShareScreen(): boolean {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  return media !== undefined && 'getDisplayMedia' in media;
}

function spoken(source: MediaSource, on: boolean): string {
  if (source === 'screen') return on ? 'You are sharing your screen' : 'You stopped sharing your screen';
  return `${source === 'camera' ? 'Camera' : 'Microphone'} ${on ? 'on' : 'off'}`;
}
