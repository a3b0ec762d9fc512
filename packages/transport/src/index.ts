export * from './congestion/index.js';
export * from './ice/index.js';
export * from './rtp/index.js';
export * from './rtp-session/index.js';
export * from './sctp/index.js';
export * from './stun/index.js';
export * from './tcp/index.js';
export * from './web-rtc/index.js';
