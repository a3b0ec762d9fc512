export * from './codec.js';
export * from './codec-match.js';
export * from './h264.js';
export * from './h264-profile.js';
export * from './key-frame-detector.js';
export * from './red.js';
export * from './vp8.js';
export * from './vp9.js';
