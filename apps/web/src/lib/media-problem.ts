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
  const names = sources.join(' and ');
  const several = sources.length > 1;
  const are = several ? 'are' : 'is';
  const them = several ? 'them' : 'it';
  switch (problem) {
    case 'insecure':
      return {
        title: `The browser keeps your ${names} closed`,
        detail: `Only pages served over HTTPS or from localhost may open ${them}. Ask whoever runs this server for its HTTPS address.`,
      };
    case 'denied':
      return {
        title: `Your ${names} ${are} blocked`,
        detail: `Allow ${them} for this page in the address bar of your browser, then try again.`,
      };
    case 'missing':
      return {
        title: `No ${sources.join(' or ')} found`,
        detail: `You can join without ${them}, or connect one and try again.`,
      };
    case 'busy':
      return {
        title: `Your ${names} ${are} in use`,
        detail: `Another program or tab holds ${them}. Close that one and try again.`,
      };
    case 'failed':
      return {
        title: `Your ${names} did not start`,
        detail: `Try again or choose another one. You can join without ${them}.`,
      };
  }
}

/** Whether the person closed the chooser of screens: nothing went wrong then. */
export function isScreenShareCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError');
}
