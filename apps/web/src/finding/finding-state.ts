import { Store } from '../lib/store.js';

export type FindingDialog = 'switcher' | 'shortcuts' | 'settings';

/** Which of the windows is open that one opens from anywhere. */
export const findingDialog = new Store<FindingDialog | undefined>(undefined);

/** Whether keys are called as on a Mac. */
export function isApple(): boolean {
  return /Mac|iPhone|iPad/u.test(navigator.platform);
}
