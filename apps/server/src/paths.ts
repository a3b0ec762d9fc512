import { fileURLToPath } from 'node:url';

/** Folder of the built web app, beside this one. */
export const WEB_ROOT = fileURLToPath(new URL('../../web/dist/', import.meta.url));

/** The media thread's program. */
export const MEDIA_WORKER = new URL('./media/worker.js', import.meta.url);

/** The program of the thread of media over TCP. */
export const TCP_WORKER = new URL('./media/tcp-worker.js', import.meta.url);
