/** Requests of one client address in a minute, which may be that of a whole office. */
export const READS = 1200;
export const CHANGES = 300;
/** Of what people do all the time: writing, reacting, reading on. */
export const MESSAGES = 1200;
