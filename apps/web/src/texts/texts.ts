import { en } from './en.js';

/** Every text of the page, in one language. A translation is another object of this shape. */
export type Texts = typeof en;

export const texts: Texts = en;
