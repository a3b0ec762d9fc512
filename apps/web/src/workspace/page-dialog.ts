import { Store } from '../lib/store.js';

export type PageDialog = 'switcher' | 'shortcuts' | 'settings';

/** Which of the dialogs is open that one opens from anywhere. */
export const pageDialog = new Store<PageDialog | undefined>(undefined);
