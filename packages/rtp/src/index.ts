export * from './header-extensions.js';
export * from './rtp-packet.js';
export * from './sequence.js';
