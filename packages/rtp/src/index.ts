export * from './codecs/index.js';
export * from './dependency-descriptor/index.js';
export * from './header-extensions.js';
export * from './rtcp/index.js';
export * from './rtp-packet.js';
export * from './sdp/index.js';
export * from './sequence.js';
