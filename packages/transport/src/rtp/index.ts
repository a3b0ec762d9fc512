export * from './key-frame-requester.js';
export * from './nack-generator.js';
export * from './packet-history.js';
export * from './receive-statistics.js';
export * from './rtx-receiver.js';
export * from './sender-reports.js';
export * from './sequencer.js';
export * from './transport-feedback-recorder.js';
