import { texts } from '../texts/texts.js';

/** Why a camera, microphone or screen could not be had, and how to say it. */

export type MediaSource = 'camera' | 'microphone' | 'screen';

export type MediaProblem = 'denied' | 'missing' | 'busy' | 'insecure' | 'failed';

export interface MediaProblemText {
  title: string;
  detail: string;
}

/** Reads what `getUserMedia` or `getDisplayMedia` threw. `secure` as in `window.isSecureContext`. */
export function mediaProblemOf(error: unknown, secure: boolean): MediaProblem {
  if (!secure) return 'insecure';
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}

/** Puts a problem into words; one text for all the sources that share it. */
export function explainMediaProblem(
  problem: MediaProblem,
  sources: readonly MediaSource[],
): MediaProblemText {
  return texts.media.problem[problem](sources);
}

/** Whether the person closed the chooser of screens: nothing went wrong then. */
export function isScreenShareCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError');
}
