export { readUint16, readUint32, writeUint16, writeUint32 } from './bytes.js';
export * from './codecs/index.js';
export * from './dependency-descriptor/index.js';
export * from './header-extensions.js';
export * from './rtcp/index.js';
export * from './rtp-packet.js';
export * from './sdp/index.js';
export * from './sequence.js';
