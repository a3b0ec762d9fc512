/** Phones cannot share their screen from a browser. */
export function canShareScreen(): boolean {
  // Absent on pages that are neither served over HTTPS nor from localhost.
  const media = navigator.mediaDevices as MediaDevices | undefined;
  return media !== undefined && 'getDisplayMedia' in media;
}
