export * from './ice/index.js';
export * from './rtp/index.js';
export * from './stun/index.js';
