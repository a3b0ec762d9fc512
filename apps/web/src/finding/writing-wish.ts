import { Store } from '../lib/store.js';

/** Id of the channel or conversation where one goes to write: its composer takes the focus as soon as it is shown. */
export const writingWish = new Store<string | undefined>(undefined);
