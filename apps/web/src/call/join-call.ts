import { Room, VideoPresets, type RoomOptions } from 'livekit-client';
import { requestGuestToken } from '../lib/api.js';
import type { Preferences } from '../lib/preferences.js';
import type { Session } from '../lib/session.js';

export interface JoinedCall {
  room: Room;
  session: Session;
}

/**
 * Asks for a token and connects. `previous` is the token of an earlier visit to the same room, whose identity is
 * kept. Rejects with ApiError when the server refuses the token and ConnectionError when the connection fails.
 */
export async function joinCall(
  roomName: string,
  name: string,
  previous: string | undefined,
  preferences: Preferences,
): Promise<JoinedCall> {
  const wanted = previous === undefined ? { room: roomName, name } : { room: roomName, name, previous };
  const guest = await requestGuestToken(wanted);
  const room = new Room(roomOptions(preferences));
  await room.connect(serverAddress(location), guest.token);
  return { room, session: { room: guest.room, name: guest.name, token: guest.token, joined: true } };
}

function roomOptions(preferences: Preferences): RoomOptions {
  const { cameraId, microphoneId, speakerId } = preferences;
  return {
    adaptiveStream: true,
    dynacast: true,
    videoCaptureDefaults: {
      resolution: VideoPresets.h720.resolution,
      ...(cameraId === '' ? {} : { deviceId: cameraId }),
    },
    audioCaptureDefaults: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...(microphoneId === '' ? {} : { deviceId: microphoneId }),
    },
    ...(speakerId === '' ? {} : { audioOutput: { deviceId: speakerId } }),
    publishDefaults: { videoCodec: 'vp8' },
  };
}

/** Signalling is served where the page is. */
function serverAddress(page: Pick<Location, 'protocol' | 'host'>): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}`;
}
