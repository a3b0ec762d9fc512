/** Why a camera, microphone or screen could not be had, in words for people. */
export interface MediaProblem {
  kind: 'denied' | 'missing' | 'busy' | 'insecure' | 'failed';
  title: string;
  detail: string;
}

export type MediaSource = 'camera' | 'microphone' | 'screen';

const NAMES: Record<MediaSource, string> = { camera: 'camera', microphone: 'microphone', screen: 'screen' };

/** Explains what `getUserMedia` or `getDisplayMedia` threw. `secure` as in `window.isSecureContext`. */
export function describeMediaError(source: MediaSource, error: unknown, secure: boolean): MediaProblem {
  const name = NAMES[source];
  if (!secure) {
    return {
      kind: 'insecure',
      title: `The browser keeps your ${name} closed`,
      detail: `It opens only to pages served over HTTPS or from localhost. Ask whoever runs this server for its HTTPS address.`,
    };
  }
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      return {
        kind: 'denied',
        title: `Your ${name} is blocked`,
        detail: `Allow the ${name} for this page in the address bar of your browser, then try again.`,
      };
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return {
        kind: 'missing',
        title: `No ${name} found`,
        detail: `Connect one and it appears here. You can join without it.`,
      };
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return {
        kind: 'busy',
        title: `Your ${name} is in use`,
        detail: `Another program or tab holds it. Close that one and try again.`,
      };
    default:
      return {
        kind: 'failed',
        title: `Your ${name} did not start`,
        detail: `Try again, or choose another one. You can join without it.`,
      };
  }
}

/** Whether the person closed the chooser of screens: nothing went wrong then. */
export function isScreenShareCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError');
}
