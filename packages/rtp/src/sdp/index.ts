export * from './answer.js';
export * from './default-codecs.js';
export type {
  LocalApplicationSection,
  LocalDescription,
  LocalMediaSection,
  LocalSection,
  LocalSender,
  RejectedSection,
} from './local-description.js';
export * from './negotiation.js';
export * from './offer.js';
export * from './parse-session.js';
export * from './sdp-error.js';
export * from './session-description.js';
