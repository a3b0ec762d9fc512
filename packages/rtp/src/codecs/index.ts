export * from './codec.js';
export * from './h264.js';
export * from './key-frame-detector.js';
export * from './vp8.js';
export * from './vp9.js';
