import type { VoiceRestriction } from './voice-restrictions.js';
import type { Action, PermissionSet } from '../permissions/index.js';

/** What can be sent into a call, as LiveKit names it. */
export type CallSource = 'microphone' | 'camera' | 'screen_share' | 'screen_share_audio';

const NEEDED: Readonly<Record<CallSource, Action>> = {
  microphone: 'speak',
  camera: 'use_camera',
  screen_share: 'share_screen',
  screen_share_audio: 'share_screen',
};

/** What somebody may do in a call. */
export interface CallGrant {
  sources: readonly CallSource[];
  /** Whether they hear and see the others. */
  listens: boolean;
}

const SOURCES: readonly CallSource[] = ['microphone', 'camera', 'screen_share', 'screen_share_audio'];
const AUDIBLE: readonly CallSource[] = ['microphone', 'screen_share_audio'];

/** By what they may do in the channel of the call, and what moderators have decided for them. */
export function callGrant(permissions: PermissionSet, { muted, deafened }: VoiceRestriction): CallGrant {
  const sources = SOURCES.filter(
    (source) => permissions.has(NEEDED[source]) && !(muted && AUDIBLE.includes(source)),
  );
  return { sources, listens: !deafened };
}
