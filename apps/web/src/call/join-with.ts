import type { Preferences } from '../lib/preferences.js';
import type { CallPlace } from './call-place.js';
import type { JoinRequest } from './call-session.js';

/**
 * The devices with which one joins, as this browser remembers them. In a channel the camera is off until one turns it on: one
 * goes in to talk, and has not seen one's own picture before.
 */
export function joinWith(
  { channel }: CallPlace,
  { cameraId, microphoneId, speakerId, cameraOn, microphoneOn }: Preferences,
): Pick<JoinRequest, 'devices' | 'cameraOn' | 'microphoneOn'> {
  const devices = { cameraId, microphoneId, speakerId };
  return { devices, microphoneOn, cameraOn: cameraOn && channel === undefined };
}
