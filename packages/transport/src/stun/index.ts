export * from './address.js';
export * from './attributes.js';
export * from './stun-builder.js';
export * from './stun-message.js';
