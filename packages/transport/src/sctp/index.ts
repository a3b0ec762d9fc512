export { SctpAssociation } from './sctp-association.js';
export type { SctpState } from './sctp-association.js';
export type { SctpCounters } from './sctp-metrics.js';
export { DataChannel } from './data-channel.js';
export type { DataChannelState } from './data-channel.js';
export type { OpenOptions as DataChannelOptions } from './data-channels.js';
export type { SctpCloseReason, SctpObserver, SctpOptions } from './options.js';
