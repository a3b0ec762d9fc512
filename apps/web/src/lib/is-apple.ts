/** Whether keys are called as on a Mac. */
export function isApple(): boolean {
  return /Mac|iPhone|iPad/u.test(navigator.platform);
}
