import { Store } from './store.js';

/** Where in the workspace one is, for the title of the page; undefined where that has no name. */
export const placeShown = new Store<string | undefined>(undefined);

/** How many messages are meant for oneself, wherever they are; for the title of the page as well. */
export const badgeShown = new Store(0);
