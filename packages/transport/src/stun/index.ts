export * from './address.js';
export * from './attributes.js';
export * from './builder.js';
export * from './message.js';
