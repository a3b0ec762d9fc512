import type { Action, PermissionSet } from '../permissions/index.js';

/** What can be sent into a call, as LiveKit names it. */
export type CallSource = 'microphone' | 'camera' | 'screen_share' | 'screen_share_audio';

const NEEDED: Readonly<Record<CallSource, Action>> = {
  microphone: 'speak',
  camera: 'use_camera',
  screen_share: 'share_screen',
  screen_share_audio: 'share_screen',
};

/** What somebody may send into a call, by what they may do in its channel. */
export function callSources(permissions: PermissionSet): CallSource[] {
  const sources: CallSource[] = ['microphone', 'camera', 'screen_share', 'screen_share_audio'];
  return sources.filter((source) => permissions.has(NEEDED[source]));
}
